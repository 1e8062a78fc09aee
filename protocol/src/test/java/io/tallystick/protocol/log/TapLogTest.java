package io.tallystick.protocol.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tallystick.protocol.crypto.Digest;
import io.tallystick.protocol.crypto.Sm3;
import io.tallystick.protocol.wire.MalformedException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class TapLogTest {
  private final List<Digest> entries = new ArrayList<>();
  private final List<LogHead> heads = new ArrayList<>(List.of(LogHead.GENESIS));

  TapLogTest() {
    for (int i = 1; i <= 6; i++) {
      Digest entry = Sm3.hash(new byte[] {(byte) i});
      entries.add(entry);
      heads.add(heads.get(heads.size() - 1).append(entry));
    }
  }

  @Test
  void aHeadIsTheHashOfTheOneBeforeAndTheEntry() {
    assertThat(heads.get(1).digest()).isEqualTo(Sm3.hash(new byte[32], entries.get(0).bytes()));
    assertThat(heads.get(6).sequence()).isEqualTo(6);
    assertThat(TapLog.from(LogHead.GENESIS, entries).head()).isEqualTo(heads.get(6));
  }

  @Test
  void aSegmentStartsAnywhere() {
    assertThat(TapLog.leadsTo(heads.get(2), entries.subList(2, 5), heads.get(5))).isTrue();
    assertThat(TapLog.leadsTo(heads.get(2), entries.subList(2, 4), heads.get(5))).isFalse();
    assertThat(TapLog.leadsTo(heads.get(1), entries.subList(2, 5), heads.get(5))).isFalse();
    assertThat(heads.get(3).leadsTo(entries.get(3), heads.get(4))).isTrue();
    assertThat(heads.get(3).leadsTo(entries.get(4), heads.get(4))).isFalse();
  }

  @Test
  void aSegmentIsBounded() {
    List<Digest> most = Collections.nCopies(TapLog.MAX_ENTRIES, entries.get(0));
    assertThat(TapLog.from(LogHead.GENESIS, most).head().sequence()).isEqualTo(TapLog.MAX_ENTRIES);
    List<Digest> more = Collections.nCopies(TapLog.MAX_ENTRIES + 1, entries.get(0));
    assertThatThrownBy(() -> TapLog.from(LogHead.GENESIS, more))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void placesWhatSomebodyWitnessed() {
    TapLog known = TapLog.from(heads.get(2), entries.subList(2, 4));
    assertThat(known.place(heads.get(3))).isEqualTo(new LogRelation.Consistent());
    assertThat(known.place(heads.get(4))).isEqualTo(new LogRelation.Consistent());
    assertThat(known.place(heads.get(6))).isEqualTo(new LogRelation.Gap(2));
    assertThat(known.place(heads.get(1))).isEqualTo(new LogRelation.Unknown());
    LogHead forged = new LogHead(3, Sm3.hash(new byte[] {99}));
    assertThat(known.place(forged)).isEqualTo(new LogRelation.Fork(3));
  }

  @Test
  void everyChangeOfAnEntryChangesEveryLaterHead() {
    for (int changed = 0; changed < entries.size(); changed++) {
      List<Digest> other = new ArrayList<>(entries);
      other.set(changed, Sm3.hash(new byte[] {50, (byte) changed}));
      TapLog log = TapLog.from(LogHead.GENESIS, other);
      for (int place = 0; place < heads.size(); place++) {
        assertThat(log.place(heads.get(place)) instanceof LogRelation.Consistent)
            .as("entry %d changed, head %d", changed, place)
            .isEqualTo(place <= changed);
      }
    }
  }

  @Test
  void goesThroughTextAndBack() {
    assertThat(LogHead.parse(heads.get(6).toString())).isEqualTo(heads.get(6));
    LogHead last = new LogHead(0xFFFF_FFFFL, entries.get(0));
    assertThat(LogHead.parse(last.toString())).isEqualTo(last);
    for (String bad : new String[] {"", "1", "1:", "9999999999:" + "0".repeat(64), "x:y"}) {
      assertThatThrownBy(() -> LogHead.parse(bad)).isInstanceOf(MalformedException.class);
    }
  }

  @Test
  void anEndedLogTakesNoMore() {
    LogHead last = new LogHead(0xFFFF_FFFFL, entries.get(0));
    assertThatThrownBy(() -> last.append(entries.get(0)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(last.leadsTo(entries.get(0), LogHead.GENESIS)).isFalse();
  }
}
