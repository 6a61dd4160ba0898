/**
 * The keys and the region of one integration: those of its settings, else what AWS's programs find in the order in which
 * they look: environment, token of a service account, profile, agent of the container, instance.
 *
 * Keys that live for a while are kept until shortly before their end; others are looked up each time. Bound: one set.
 */
import type { Secret } from '../../config/secret.js';
import type { Instant } from '../../domain/time/index.js';
import type { CancelSignal } from '../../platform/cancel-signal.js';
import type { HttpClient } from '../../platform/http-client/index.js';
import { SendFailed, retryable } from '../kit/failures.js';
import { type AwsKeys, type Environment, keysOf } from './aws-keys.js';
import { containerKeys, hasContainerAgent, instanceKeys } from './aws-metadata.js';
import { type Profile, readProfiles } from './aws-profile.js';
import { type Role, type Sts, assumeRole, assumeRoleWithToken } from './aws-sts.js';

const RENEWED_BEFORE_END_MS = 60_000;

export interface AwsSettings {
  readonly region: string | undefined;
  readonly accessKey: string | undefined;
  readonly secretKey: Secret | undefined;
  readonly profile: string | undefined;
  readonly roleArn: string | undefined;
  readonly externalId: string | undefined;
}

export interface AwsAccess {
  readonly environment: Environment;
  /** As `http_config` says. */
  readonly client: HttpClient;
  /** For the machine itself: no proxy, no credentials. */
  readonly local: HttpClient;
}

export class AwsCredentials {
  #kept: AwsKeys | undefined;

  constructor(
    private readonly settings: AwsSettings,
    private readonly access: AwsAccess,
  ) {}

  async region(): Promise<string> {
    const { environment } = this.access;
    const given = this.settings.region || environment['AWS_REGION'] || environment['AWS_DEFAULT_REGION'];
    const region = given || (await this.#profiles()).get(this.#profileName)?.get('region');
    if (region) return region;
    const why = 'region not configured in sns.sigv4.region or in default credentials chain';
    throw new SendFailed(retryable(why));
  }

  async keys(region: string, signal: CancelSignal, now: Instant): Promise<AwsKeys> {
    const kept = this.#kept;
    if (kept?.expiresAt !== undefined && kept.expiresAt - now > RENEWED_BEFORE_END_MS) return kept;
    const { roleArn, externalId } = this.settings;
    const sts: Sts = { client: this.access.client, environment: this.access.environment, region, signal };
    const own = await this.#ownKeys(sts, now);
    this.#kept = roleArn ? await assumeRole(sts, own, { arn: roleArn, externalId }, now) : own;
    return this.#kept;
  }

  /** They were refused as too old. */
  forget(): void {
    this.#kept = undefined;
  }

  get #profileName(): string {
    const { environment } = this.access;
    return this.settings.profile || environment['AWS_PROFILE'] || environment['AWS_DEFAULT_PROFILE'] || 'default';
  }

  #profiles(): Promise<ReadonlyMap<string, Profile>> {
    return readProfiles(this.access.environment);
  }

  async #ownKeys(sts: Sts, now: Instant): Promise<AwsKeys> {
    const { accessKey, secretKey, profile } = this.settings;
    const given = keysOf(accessKey, secretKey?.reveal(), undefined);
    if (given) return given;
    // A profile that is asked for goes before the environment.
    if (!profile) {
      const { environment } = this.access;
      const known = environmentKeys(environment);
      if (known) return known;
      const tokenFile = environment['AWS_WEB_IDENTITY_TOKEN_FILE'];
      const arn = environment['AWS_ROLE_ARN'];
      if (tokenFile && arn)
        return assumeRoleWithToken(sts, tokenFile, { arn, sessionName: environment['AWS_ROLE_SESSION_NAME'] }, now);
    }
    return this.#profileKeys(this.#profileName, await this.#profiles(), sts, now, []);
  }

  async #profileKeys(
    name: string,
    profiles: ReadonlyMap<string, Profile>,
    sts: Sts,
    now: Instant,
    above: readonly string[],
  ): Promise<AwsKeys> {
    const profile = profiles.get(name);
    if (!profile && name !== 'default') throw failed(`failed to get shared config profile, ${name}`);
    const arn = profile?.get('role_arn');
    const tokenFile = profile?.get('web_identity_token_file');
    const role: Role = {
      arn: arn ?? '',
      externalId: profile?.get('external_id'),
      sessionName: profile?.get('role_session_name'),
    };
    if (arn && tokenFile) return assumeRoleWithToken(sts, tokenFile, role, now);
    const source = profile?.get('source_profile');
    if (arn && source && source !== name) {
      if (above.includes(source)) throw failed(`profile ${source} takes its keys from itself`);
      return assumeRole(sts, await this.#profileKeys(source, profiles, sts, now, [...above, name]), role, now);
    }
    const keys = await this.#plainKeys(name, profile, sts.signal);
    return arn ? assumeRole(sts, keys, role, now) : keys;
  }

  #plainKeys(name: string, profile: Profile | undefined, signal: CancelSignal): Promise<AwsKeys> | AwsKeys {
    const { environment, local } = this.access;
    const entry = (key: string): string | undefined => profile?.get(key);
    const keys = keysOf(entry('aws_access_key_id'), entry('aws_secret_access_key'), entry('aws_session_token'));
    if (keys) return keys;
    const source = entry('credential_source');
    const known = source === 'Environment' ? environmentKeys(environment) : undefined;
    if (known) return known;
    if (entry('credential_process') ?? entry('sso_session') ?? entry('sso_start_url'))
      throw failed(`profile ${name} gets its keys from a program or by single sign-on, which a server cannot use`);
    if (source === 'EcsContainer' || (source === undefined && hasContainerAgent(environment)))
      return containerKeys(local, environment, signal);
    return instanceKeys(local, environment, signal);
  }
}

const environmentKeys = (environment: Environment): AwsKeys | undefined =>
  keysOf(
    environment['AWS_ACCESS_KEY_ID'] || environment['AWS_ACCESS_KEY'],
    environment['AWS_SECRET_ACCESS_KEY'] || environment['AWS_SECRET_KEY'],
    environment['AWS_SESSION_TOKEN'],
  );

const failed = (message: string): SendFailed => new SendFailed(retryable(message));
