import type { Position } from '../../domain/issue/index.js';

/**
 * A YAML document as the decoder walks it: no value is typed yet, every node knows where it stands. It is plain data, so that one
 * thread can read it for another.
 *
 * Scalars keep their source text, because what `yes` or `010` means depends on the setting that receives it.
 */
export type YamlNode = ScalarNode | MappingNode | SequenceNode | AliasNode;

interface Located {
  readonly position: Position;
}

export interface ScalarNode extends Located {
  readonly kind: 'scalar';
  /** The content, quotes and block indentation removed. */
  readonly text: string;
  /** Written without quotes and without a tag: its type is guessed from the text. */
  readonly plain: boolean;
  /** The long form (`tag:yaml.org,2002:str`), empty when none is given. */
  readonly tag: string;
}

export interface MappingNode extends Located {
  readonly kind: 'mapping';
  readonly tag: string;
  readonly entries: readonly MappingEntry[];
}

export interface MappingEntry {
  readonly key: YamlNode;
  readonly value: YamlNode;
}

export interface SequenceNode extends Located {
  readonly kind: 'sequence';
  readonly tag: string;
  readonly items: readonly YamlNode[];
}

export interface AliasNode extends Located {
  readonly kind: 'alias';
  readonly name: string;
  readonly anchor: Anchor;
}

export interface Anchor {
  /** Undefined only while it is being read. */
  node: YamlNode | undefined;
}
