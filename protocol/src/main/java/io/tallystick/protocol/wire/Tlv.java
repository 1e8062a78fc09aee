package io.tallystick.protocol.wire;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One BER-TLV element (ISO/IEC 8825-1 as EMV Book 3 Annex B narrows it): one- or two-byte tags,
 * definite minimal lengths of at most {@value #MAX_LENGTH} bytes, at most {@value #MAX_DEPTH}
 * levels, no tag twice under one parent, nothing after the last element. Parsing is strict so that
 * one value has one encoding: a signed structure cannot be written another way.
 */
public final class Tlv {
  /** Longest value. */
  public static final int MAX_LENGTH = 65_535;

  /** Deepest nesting. */
  public static final int MAX_DEPTH = 4;

  private final int tag;
  private final byte[] value;
  private final List<Tlv> children;

  private Tlv(int tag, byte[] value, List<Tlv> children) {
    this.tag = tag;
    this.value = value;
    this.children = children;
  }

  /** A primitive element. */
  public static Tlv primitive(int tag, byte[] value) {
    requireTag(tag, false);
    return new Tlv(tag, value.clone(), List.of());
  }

  /** A constructed element. */
  public static Tlv constructed(int tag, Tlv... children) {
    requireTag(tag, true);
    ByteWriter out = new ByteWriter();
    for (Tlv child : children) {
      out.bytes(child.encode());
    }
    return new Tlv(tag, out.toByteArray(), List.of(children));
  }

  /** Parses exactly one element. */
  public static Tlv parse(byte[] bytes) {
    if (bytes.length > MAX_LENGTH + 5) {
      throw new MalformedException("TLV", "is too long");
    }
    ByteReader in = ByteReader.of(bytes);
    Tlv parsed = read(in, 1);
    in.finish("TLV");
    return parsed;
  }

  private static Tlv read(ByteReader in, int depth) {
    if (depth > MAX_DEPTH) {
      throw new MalformedException("TLV", "is nested too deeply");
    }
    int tag = readTag(in, "tag");
    byte[] value = in.bytes(readLength(in, "length"), "value");
    if (!isConstructed(tag)) {
      return new Tlv(tag, value, List.of());
    }
    ByteReader inner = ByteReader.of(value);
    List<Tlv> children = new ArrayList<>();
    Set<Integer> seen = new HashSet<>();
    while (inner.remaining() > 0) {
      Tlv child = read(inner, depth + 1);
      if (!seen.add(child.tag)) {
        throw new MalformedException("TLV", "has a tag twice");
      }
      children.add(child);
    }
    return new Tlv(tag, value, List.copyOf(children));
  }

  /**
   * Enters the element that must come next.
   *
   * @return a reader over its value
   */
  public static ByteReader enter(ByteReader in, int tag, String field) {
    return in.nested(header(in, tag, field), field);
  }

  /**
   * Enters the element that must come next and must have this length.
   *
   * @return a reader over its value
   */
  public static ByteReader enter(ByteReader in, int tag, int length, String field) {
    if (header(in, tag, field) != length) {
      throw new MalformedException(field, "is not " + length + " bytes long");
    }
    return in.slice(length, field);
  }

  private static int header(ByteReader in, int tag, String field) {
    int start = in.position();
    if (readTag(in, field + " tag") != tag) {
      throw new MalformedException(field, "is not where it belongs");
    }
    int length = readLength(in, field + " length");
    in.mergeHeader(start, field + " header", tag, length);
    return length;
  }

  public int tag() {
    return tag;
  }

  /** The value's bytes, those of the children when constructed. */
  public byte[] value() {
    return value.clone();
  }

  /** The children in their order; empty for a primitive element. */
  public List<Tlv> children() {
    return children;
  }

  /** The child with this tag. */
  public Optional<Tlv> child(int wanted) {
    return children.stream().filter(child -> child.tag == wanted).findFirst();
  }

  public byte[] encode() {
    return new ByteWriter().bytes(header(tag, value.length)).bytes(value).toByteArray();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Tlv that && tag == that.tag && Arrays.equals(value, that.value);
  }

  @Override
  public int hashCode() {
    return 31 * tag + Arrays.hashCode(value);
  }

  @Override
  public String toString() {
    return "Tlv[%x, %d bytes]".formatted(tag, value.length);
  }

  static byte[] header(int tag, int length) {
    if (length > MAX_LENGTH) {
      throw new IllegalArgumentException("length is larger than " + MAX_LENGTH);
    }
    ByteWriter out = new ByteWriter();
    if (tag > 0xFF) {
      out.u16(tag);
    } else {
      out.u8(tag);
    }
    if (length < 0x80) {
      out.u8(length);
    } else if (length <= 0xFF) {
      out.u8(0x81).u8(length);
    } else {
      out.u8(0x82).u16(length);
    }
    return out.toByteArray();
  }

  private static int readTag(ByteReader in, String field) {
    int first = in.u8(field);
    if ((first & 0x1F) != 0x1F) {
      return first;
    }
    int second = in.u8(field);
    // EMV uses numbers below 31 in two bytes (9F02), so only a third byte is refused.
    if (second == 0 || second > 0x7F) {
      throw new MalformedException(field, "is not a one- or two-byte tag");
    }
    return first << 8 | second;
  }

  private static int readLength(ByteReader in, String field) {
    int first = in.u8(field);
    if (first < 0x80) {
      return first;
    }
    int length =
        switch (first) {
          case 0x81 -> in.u8(field);
          case 0x82 -> in.u16(field);
          default -> throw new MalformedException(field, "is not of a definite form in bounds");
        };
    if (length < 0x80 || (first == 0x82 && length <= 0xFF)) {
      throw new MalformedException(field, "is not minimal");
    }
    return length;
  }

  private static boolean isConstructed(int tag) {
    int first = tag > 0xFF ? tag >> 8 : tag;
    return (first & 0x20) != 0;
  }

  private static void requireTag(int tag, boolean constructed) {
    if (tag <= 0 || tag > 0xFFFF || isConstructed(tag) != constructed) {
      throw new IllegalArgumentException("tag is not of the right form: %x".formatted(tag));
    }
  }
}
