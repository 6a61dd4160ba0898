module render

go 1.21

require oracle v0.0.0

replace oracle => ../../test/compat/template/oracle
