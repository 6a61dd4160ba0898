export { type SyntaxOptions, checkSyntax } from './check-syntax.js';
export { type ParseYaml, copyWithTemplate } from './copy-with-template.js';
export { type GivenAlert, type GivenData, givenTemplateData } from './given-data.js';
export { type RenderedRouteLabels, renderRouteLabels } from './route-labels.js';
export { type TemplateData, templateData, templateDataJson } from './template-data.js';
export { TemplateError } from './template-error.js';
export { type TemplateFile, type TemplateSet, compileTemplates } from './template-set.js';
