package io.tallystick.protocol.authorisation;

import io.tallystick.protocol.crypto.Digest;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * The digests of the things whose signature was found good, the oldest forgotten first. The digest
 * covers the signature itself, so a hit means the very same bytes were verified before. Only good
 * results are remembered: a flood of bad ones cannot fill it.
 */
final class VerifiedDigests {
  private final int capacity;
  private final Set<Digest> verified = new LinkedHashSet<>();

  VerifiedDigests(int capacity) {
    if (capacity < 0) {
      throw new IllegalArgumentException("capacity is negative: " + capacity);
    }
    this.capacity = capacity;
  }

  int capacity() {
    return capacity;
  }

  boolean verifyOnce(Supplier<Digest> digest, BooleanSupplier verification) {
    if (capacity == 0) {
      return verification.getAsBoolean();
    }
    Digest key = digest.get();
    if (contains(key)) {
      return true;
    }
    boolean good = verification.getAsBoolean();
    if (good) {
      add(key);
    }
    return good;
  }

  synchronized int size() {
    return verified.size();
  }

  private synchronized boolean contains(Digest digest) {
    return verified.contains(digest);
  }

  private synchronized void add(Digest digest) {
    if (verified.size() >= capacity && !verified.contains(digest)) {
      Iterator<Digest> oldest = verified.iterator();
      oldest.next();
      oldest.remove();
    }
    verified.add(digest);
  }
}
