package io.tallystick.sandbox.cli;

import io.tallystick.sdk.terminal.RefusedException;
import io.tallystick.sdk.terminal.journal.JournalException;
import io.tallystick.sdk.wallet.WalletStoreException;
import io.tallystick.sdk.wallet.client.UntrustedAnswerException;
import io.tallystick.sdk.wallet.http.ProblemException;
import io.tallystick.sdk.wallet.http.UnreachableException;
import java.util.concurrent.Callable;

/// A command that works through the SDKs: their exceptions become messages and exit statuses.
public abstract class SdkCommand implements Callable<Integer> {
  /// Does the work; returns a constant of [ExitStatus].
  protected abstract int run();

  @Override
  public final Integer call() {
    try {
      return run();
    } catch (ProblemException refused) {
      throw CommandFailure.refused(explained(refused));
    } catch (UntrustedAnswerException | RefusedException refused) {
      throw CommandFailure.refused(refused);
    } catch (UnreachableException | io.tallystick.sdk.terminal.UnreachableException away) {
      throw CommandFailure.unreachable(away);
    } catch (WalletStoreException | JournalException unusable) {
      throw CommandFailure.usage(unusable);
    }
  }

  private static String explained(ProblemException refused) {
    String attempts =
        refused.member("attemptsLeft").map(left -> "; attempts left: " + left).orElse("");
    String until = refused.member("lockedUntil").map(end -> "; locked until " + end).orElse("");
    return refused.getMessage() + attempts + until;
  }
}
