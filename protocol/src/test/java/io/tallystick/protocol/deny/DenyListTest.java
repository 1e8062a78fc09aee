package io.tallystick.protocol.deny;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tallystick.protocol.authorisation.AuthorisationVerifier;
import io.tallystick.protocol.authorisation.CertificateExpiry;
import io.tallystick.protocol.authorisation.IssuerCertificate;
import io.tallystick.protocol.authorisation.NetworkProfile;
import io.tallystick.protocol.crypto.Sm2PrivateKey;
import io.tallystick.protocol.fixture.Sample;
import io.tallystick.protocol.fixture.SeededRandom;
import io.tallystick.protocol.model.DeviceId;
import io.tallystick.protocol.wire.MalformedException;
import java.time.Duration;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class DenyListTest {
  private static final SeededRandom RANDOM = new SeededRandom("deny lists");
  private static final AuthorisationVerifier ISSUERS =
      AuthorisationVerifier.trusting(Sample.ROOT.publicKey());

  private final DenyList list = Sample.denyList();

  @Test
  void findsWhatIsListedAndNothingElse() {
    assertThat(list.contains(DeviceId.parse("fedcba9876543210"))).isTrue();
    assertThat(list.contains(DeviceId.parse("7fffffffffffffff"))).isTrue();
    assertThat(list.contains(DeviceId.parse("00000000000000aa"))).isTrue();
    assertThat(list.contains(Sample.DEVICE_ID)).isFalse();
  }

  /** Ids with the first bit set come after those without: unsigned order, as on the wire. */
  @Test
  void keepsIdsInUnsignedOrder() {
    assertThat(list.devices())
        .extracting(DeviceId::toString)
        .containsExactly("00000000000000aa", "7fffffffffffffff", "fedcba9876543210");
  }

  @Test
  void agreesWithASetOfManyIds() {
    TreeSet<DeviceId> ids = new TreeSet<>();
    for (int i = 0; i < 2_000; i++) {
      ids.add(DeviceId.generate(RANDOM));
    }
    List<DeviceId> shuffled = new ArrayList<>(ids);
    java.util.Collections.shuffle(shuffled, RANDOM);
    DenyList many = sign(1, shuffled);
    assertThat(many.devices()).containsExactlyElementsOf(ids);
    assertThat(ids).allMatch(many::contains);
    assertThat(DenyList.parse(many.encode())).isEqualTo(many);
    for (int i = 0; i < 2_000; i++) {
      DeviceId id = DeviceId.generate(RANDOM);
      assertThat(many.contains(id)).isEqualTo(ids.contains(id));
    }
  }

  @Test
  void goesThroughBytesAndTextAndBack() {
    assertThat(DenyList.parse(list.encode())).isEqualTo(list);
    assertThat(DenyList.parseText(list.toText(), NetworkProfile.DEFAULT)).isEqualTo(list);
    DenyListDelta delta = Sample.denyListDelta();
    assertThat(DenyListDelta.parse(delta.encode())).isEqualTo(delta);
    assertThat(DenyListDelta.parseText(delta.toText(), NetworkProfile.DEFAULT)).isEqualTo(delta);
    DenyList empty = sign(1, List.of());
    assertThat(DenyList.parse(empty.encode())).isEqualTo(empty);
  }

  @Test
  void refusesIdsOutOfOrderOrTwice() {
    byte[] bytes = list.encode();
    int ids = 4 + 4 + 4 + 117 + 4;
    byte[] swapped = bytes.clone();
    System.arraycopy(bytes, ids, swapped, ids + 8, 8);
    System.arraycopy(bytes, ids + 8, swapped, ids, 8);
    assertThatThrownBy(() -> DenyList.parse(swapped)).isInstanceOf(MalformedException.class);
    byte[] twice = bytes.clone();
    System.arraycopy(bytes, ids, twice, ids + 8, 8);
    assertThatThrownBy(() -> DenyList.parse(twice)).isInstanceOf(MalformedException.class);
  }

  @Test
  void namesWhatIsWrongWithASignature() {
    assertThat(list.verify(ISSUERS, Sample.NOW)).isEqualTo(DenyStatus.GOOD);
    byte[] changed = list.encode();
    changed[4 + 4 + 4 + 117 + 4 + 7] ^= 1;
    assertThat(DenyList.parse(changed).verify(ISSUERS, Sample.NOW))
        .isEqualTo(DenyStatus.LIST_SIGNATURE);
    byte[] newer = list.encode();
    newer[7]++;
    assertThat(DenyList.parse(newer).verify(ISSUERS, Sample.NOW))
        .isEqualTo(DenyStatus.LIST_SIGNATURE);
    assertThat(list.verify(AuthorisationVerifier.trusting(Sample.STRANGER.publicKey()), Sample.NOW))
        .isEqualTo(DenyStatus.ROOT_SIGNATURE);
    assertThat(list.verify(ISSUERS.accepting(List.of()), Sample.NOW))
        .isEqualTo(DenyStatus.ISSUER_NOT_ACCEPTED);
    assertThat(list.verify(ISSUERS, Sample.NOW.plus(Duration.ofDays(200))))
        .isEqualTo(DenyStatus.ISSUER_EXPIRED);
  }

  @Test
  void knowsItsAge() {
    assertThat(list.age(Sample.NOW)).isEqualTo(Duration.ofMinutes(15));
    assertThat(list.age(list.issuedAt().minusSeconds(5))).isZero();
  }

  @Test
  void aDeltaLeadsToTheSignedList() {
    DenyListDelta delta = Sample.denyListDelta();
    assertThat(delta.added()).extracting(DeviceId::toString).containsExactly("1111111111111111");
    assertThat(delta.removed()).extracting(DeviceId::toString).containsExactly("7fffffffffffffff");
    assertThat(delta.applyTo(list, ISSUERS, Sample.NOW))
        .isEqualTo(new DenyUpdate.Applied(Sample.nextDenyList()));
    assertThat(list).isEqualTo(Sample.denyList());
  }

  @Test
  void aDeltaFromAnotherVersionIsRefused() {
    DenyList next = Sample.nextDenyList();
    assertThat(Sample.denyListDelta().applyTo(next, ISSUERS, Sample.NOW))
        .isEqualTo(new DenyUpdate.Refused(DenyStatus.WRONG_BASE_VERSION));
  }

  @Test
  void aDeltaThatDoesNotFitTheListIsRefused() {
    DenyList hasIt = Sample.denyList(5, Sample.NOW, "1111111111111111", "7fffffffffffffff");
    assertThat(Sample.denyListDelta().applyTo(hasIt, ISSUERS, Sample.NOW))
        .isEqualTo(new DenyUpdate.Refused(DenyStatus.ADDED_ALREADY_LISTED));
    DenyList lacksIt = Sample.denyList(5, Sample.NOW, "00000000000000aa");
    assertThat(Sample.denyListDelta().applyTo(lacksIt, ISSUERS, Sample.NOW))
        .isEqualTo(new DenyUpdate.Refused(DenyStatus.REMOVED_NOT_LISTED));
    DenyList otherRest = Sample.denyList(5, Sample.NOW, "7fffffffffffffff");
    assertThat(Sample.denyListDelta().applyTo(otherRest, ISSUERS, Sample.NOW))
        .isEqualTo(new DenyUpdate.Refused(DenyStatus.LIST_SIGNATURE));
  }

  /** No bit of a delta can be changed: what it leads to would not verify. */
  @Test
  void everyChangedByteOfADeltaIsNoticed() {
    byte[] bytes = Sample.denyListDelta().encode();
    for (int offset = 0; offset < bytes.length; offset++) {
      byte[] changed = bytes.clone();
      changed[offset] ^= 1;
      assertThat(leadsToTheSameList(changed)).as("offset " + offset).isFalse();
    }
  }

  private boolean leadsToTheSameList(byte[] delta) {
    try {
      return DenyListDelta.parse(delta).applyTo(list, ISSUERS, Sample.NOW)
          instanceof DenyUpdate.Applied;
    } catch (MalformedException malformed) {
      return false;
    }
  }

  @Test
  void randomSequencesOfDeltasArriveWhereTheListsDo() {
    DenyList current = sign(1, List.of());
    TreeSet<DeviceId> ids = new TreeSet<>();
    for (int version = 2; version < 20; version++) {
      for (int i = RANDOM.nextInt(20); i > 0; i--) {
        ids.add(DeviceId.generate(RANDOM));
      }
      for (int i = RANDOM.nextInt(10); i > 0 && !ids.isEmpty(); i--) {
        ids.remove(ids.first());
      }
      DenyList next = sign(version, List.copyOf(ids));
      byte[] sent = DenyListDelta.between(current, next).encode();
      assertThat(DenyListDelta.parse(sent).applyTo(current, ISSUERS, Sample.NOW))
          .isEqualTo(new DenyUpdate.Applied(next));
      current = next;
    }
  }

  @Test
  void refusesBoundsAndKeysOfTheCaller() {
    assertThatThrownBy(() -> sign(0, List.of())).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> DenyListDelta.between(list, list))
        .isInstanceOf(IllegalArgumentException.class);
    Sm2PrivateKey stranger = Sample.STRANGER;
    assertThatThrownBy(
            () -> DenyList.sign(1, Sample.NOW, List.of(), Sample.certificate(), stranger, RANDOM))
        .isInstanceOf(IllegalArgumentException.class);
    byte[] tooMany = list.encode();
    tooMany[4 + 4 + 4 + 117] = 0x7F;
    assertThatThrownBy(() -> DenyList.parse(tooMany))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining("larger than");
  }

  @Test
  void listsHaveTheLastVersionAndTheMostDevices() {
    assertThat(sign(0xFFFF_FFFFL, List.of()).version()).isEqualTo(0xFFFF_FFFFL);
    assertThatThrownBy(() -> sign(0x1_0000_0000L, List.of()))
        .isInstanceOf(IllegalArgumentException.class);
    List<DeviceId> ids =
        LongStream.range(0, DenyList.MAX_DEVICES + 1L)
            .mapToObj(id -> DeviceId.parse("%016x".formatted(id)))
            .toList();
    DenyList most = sign(1, ids.subList(0, DenyList.MAX_DEVICES));
    assertThat(DenyList.parse(most.encode()).size()).isEqualTo(DenyList.MAX_DEVICES);
    assertThatThrownBy(() -> sign(1, ids)).isInstanceOf(IllegalArgumentException.class);
    DenyList fewer = sign(2, ids.subList(0, DenyListDelta.MAX_CHANGES));
    DenyListDelta largest = DenyListDelta.between(sign(1, List.of()), fewer);
    assertThat(DenyListDelta.parse(largest.encode())).isEqualTo(largest);
    assertThat(DenyListDelta.between(fewer, sign(3, List.of())).removed())
        .hasSize(DenyListDelta.MAX_CHANGES);
    List<DeviceId> oneMore = ids.subList(0, DenyListDelta.MAX_CHANGES + 1);
    assertThatThrownBy(() -> DenyListDelta.between(sign(1, List.of()), sign(2, oneMore)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> DenyListDelta.between(sign(1, oneMore), sign(2, List.of())))
        .isInstanceOf(IllegalArgumentException.class);
    DenyUpdate overfull =
        DenyListDelta.between(
                sign(1, List.of()), sign(2, ids.subList(DenyList.MAX_DEVICES, ids.size())))
            .applyTo(most, ISSUERS, Sample.NOW);
    assertThat(overfull).isEqualTo(new DenyUpdate.Refused(DenyStatus.TOO_LARGE));
  }

  @Test
  void refusesWhatIsCutOffOrGoesOn() {
    for (byte[] whole : List.of(list.encode(), Sample.denyListDelta().encode())) {
      boolean delta = whole[2] == Sample.denyListDelta().encode()[2];
      for (int length : new int[] {whole.length - 1, whole.length + 1}) {
        byte[] other = Arrays.copyOf(whole, length);
        assertThatThrownBy(
                () -> {
                  if (delta) {
                    DenyListDelta.parse(other);
                  } else {
                    DenyList.parse(other);
                  }
                })
            .isInstanceOf(MalformedException.class);
      }
    }
    byte[] backwards = Sample.denyListDelta().encode();
    System.arraycopy(backwards, 4, backwards, 8, 4);
    assertThatThrownBy(() -> DenyListDelta.parse(backwards))
        .hasMessage("to version: is not after the from version");
  }

  @Test
  void listsAndDeltasThatDifferAreNotEqual() {
    DenyList next = Sample.nextDenyList();
    assertThat(list).isNotEqualTo(next);
    assertThat(list.deviceSet()).isNotEqualTo(next.deviceSet());
    assertThat(DenyListDelta.between(list, next))
        .isNotEqualTo(DenyListDelta.between(list, sign(8, list.devices())));
  }

  /** Another issuer with a good certificate can sign its own list only under its own name. */
  @Test
  void aListNamesTheIssuerThatSignedIt() {
    Sm2PrivateKey other = Sample.key("another issuer");
    IssuerCertificate certificate =
        IssuerCertificate.sign(
            new IssuerCertificate.Subject(
                Sample.ISSUER_NUMBER,
                new CertificateExpiry.EndOfMonth(YearMonth.of(2026, 12)),
                8,
                other.publicKey()),
            NetworkProfile.DEFAULT,
            1,
            Sample.ROOT,
            RANDOM);
    DenyList theirs = DenyList.sign(1, Sample.NOW, List.of(), certificate, other, RANDOM);
    assertThat(theirs.verify(ISSUERS, Sample.NOW)).isEqualTo(DenyStatus.GOOD);
    assertThat(theirs.verify(ISSUERS.accepting(List.of(Sample.certificate())), Sample.NOW))
        .isEqualTo(DenyStatus.ISSUER_NOT_ACCEPTED);
  }

  private static DenyList sign(long version, List<DeviceId> devices) {
    return DenyList.sign(version, Sample.NOW, devices, Sample.certificate(), Sample.ISSUER, RANDOM);
  }
}
