package io.tallystick.verify.code.postgres;

import static java.util.Objects.requireNonNull;

import io.tallystick.verify.code.CodeMatch;
import io.tallystick.verify.code.CodeOrder;
import io.tallystick.verify.code.DeclineCause;
import io.tallystick.verify.code.OrderKey;
import io.tallystick.verify.code.OrderRequest;
import io.tallystick.verify.code.OrderState;
import io.tallystick.verify.code.Presentation;
import io.tallystick.verify.code.Presented;
import io.tallystick.verify.guess.GuessKey;
import io.tallystick.verify.guess.GuessPolicy;
import io.tallystick.verify.guess.GuessVerdict;
import io.tallystick.verify.guess.WrongCodes;
import io.tallystick.verify.guess.postgres.PostgresGuesses;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The verify transaction for presentations that are in flight together.
///
/// Guess counts are read, orders inserted (`UNIQUE` decides who is first), codes consumed, declines
/// written, wrong codes counted. Whatever is declined here is the order's answer for ever.
public final class PostgresPresentations {
  private final GuessPolicy policy;
  private final PostgresGuesses guesses;

  public PostgresPresentations(GuessPolicy policy) {
    this.policy = requireNonNull(policy, "policy is null");
    this.guesses = new PostgresGuesses(policy);
  }

  /// One result for each presentation, in their order.
  public List<Presented> present(Handle handle, List<Presentation> presentations) {
    return new Batch(handle, presentations).run();
  }

  /// Deletes at most `most` online codes used so long ago that seed-service no longer knows them.
  public static int forgetOnlineCodes(Handle handle, Instant before, int most) {
    return PostgresCodeUses.forgetOnline(handle, before, most);
  }

  private final class Batch {
    private final Handle handle;
    private final List<Presentation> all;
    private final Map<Presentation, GuessVerdict> verdicts = new IdentityHashMap<>();
    private final Map<Presentation, DeclineCause> declined = new IdentityHashMap<>();

    Batch(Handle handle, List<Presentation> all) {
      this.handle = handle;
      this.all = all;
    }

    List<Presented> run() {
      judge();
      List<Presentation> admitted =
          all.stream().filter(one -> !(verdictOf(one) instanceof GuessVerdict.TurnedAway)).toList();
      Set<String> inserted = PostgresOrders.insert(handle, admitted, this::mustStepUp);
      List<Presentation> fresh =
          admitted.stream().filter(one -> inserted.contains(one.paymentId())).toList();
      List<Presentation> repeated =
          admitted.stream().filter(one -> !inserted.contains(one.paymentId())).toList();
      consume(fresh, PostgresOrders.adoptMarks(handle, repeated));
      PostgresOrders.decline(handle, fresh, declined);
      countWrong(fresh);
      return results(inserted);
    }

    private void judge() {
      List<GuessKey> keys = all.stream().flatMap(one -> one.guessKeys().stream()).toList();
      Map<GuessKey, WrongCodes> counts = guesses.read(handle, keys, latest());
      for (Presentation one : all) {
        verdicts.put(one, policy.judge(one.guessKeys(), counts, one.at()));
      }
    }

    /// A code presented for an order that was reversed first is consumed too: presented is used.
    private void consume(List<Presentation> fresh, List<Presentation> adopted) {
      List<Presentation> presented = new ArrayList<>(fresh);
      presented.addAll(adopted);
      List<Presentation> matched = presented.stream().filter(one -> one.match() != null).toList();
      List<CodeMatch> matches =
          matched.stream().map(one -> requireNonNull(one.match(), "filtered")).toList();
      List<Boolean> consumed = PostgresCodeUses.consume(handle, matches, latest());
      Set<Presentation> first = Collections.newSetFromMap(new IdentityHashMap<>());
      for (int i = 0; i < matched.size(); i++) {
        if (consumed.get(i)) {
          first.add(matched.get(i));
        }
      }
      for (Presentation one : fresh) {
        if (!first.contains(one) || verdictOf(one) instanceof GuessVerdict.RefusedAsWrong) {
          declined.put(one, DeclineCause.CODE_REFUSED);
        } else if (one.isAboveLimit()) {
          declined.put(one, DeclineCause.AMOUNT_LIMIT);
        }
      }
    }

    private void countWrong(List<Presentation> fresh) {
      List<GuessKey> wrong = new ArrayList<>();
      for (Presentation one : fresh) {
        if (one.match() == null) {
          wrong.addAll(one.guessKeys());
        }
      }
      guesses.raise(handle, wrong, latest());
    }

    private List<Presented> results(Set<String> inserted) {
      Set<OrderKey> others = new HashSet<>();
      for (Presentation one : all) {
        if (!inserted.contains(one.paymentId())) {
          others.add(one.key());
        }
      }
      Map<OrderKey, CodeOrder> known = PostgresOrders.find(handle, others);
      List<Presented> results = new ArrayList<>(all.size());
      for (Presentation one : all) {
        results.add(
            inserted.contains(one.paymentId())
                ? new Presented.Fresh(order(one))
                : repeated(one, known.get(one.key())));
      }
      return results;
    }

    private Presented repeated(Presentation one, @Nullable CodeOrder order) {
      if (order == null) {
        if (verdictOf(one) instanceof GuessVerdict.TurnedAway away) {
          return new Presented.TurnedAway(away);
        }
        throw new AssertionError("an order that could not be inserted exists");
      }
      OrderRequest first = order.request();
      List<String> differences = first == null ? List.of() : first.differencesTo(one.request());
      return differences.isEmpty()
          ? new Presented.Known(order)
          : new Presented.Differs(differences);
    }

    private CodeOrder order(Presentation one) {
      DeclineCause cause = declined.get(one);
      CodeMatch match = one.match();
      return new CodeOrder(
          one.key(),
          one.paymentId(),
          one.terminal(),
          one.request(),
          match == null ? null : match.payable(),
          mustStepUp(one),
          cause == null ? new OrderState.Authorising() : new OrderState.Declined(cause, one.at()),
          new CodeOrder.Claim(1, one.claimedUntil()),
          0,
          one.at());
    }

    private boolean mustStepUp(Presentation one) {
      return verdictOf(one) instanceof GuessVerdict.MustStepUp;
    }

    private GuessVerdict verdictOf(Presentation one) {
      return requireNonNull(verdicts.get(one), "every presentation was judged");
    }

    private Instant latest() {
      return all.stream().map(Presentation::at).max(Instant::compareTo).orElseThrow();
    }
  }
}
