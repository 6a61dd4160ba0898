import { Controller, Get, Inject } from '@nestjs/common';

import { PLATFORM, type Platform } from '../../platform/platform.js';
import { type TargetGroup, targetGroups } from './sd.js';

/** Where Prometheus' `http_sd_configs` asks for the live routers. */
@Controller('api/ext/v1/sd')
export class SdController {
  constructor(@Inject(PLATFORM) private readonly platform: Pick<Platform, 'address'>) {}

  @Get()
  targets(): readonly TargetGroup[] {
    return targetGroups(this.platform.address.externalURL);
  }
}
