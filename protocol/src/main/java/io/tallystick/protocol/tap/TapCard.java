package io.tallystick.protocol.tap;

import static java.util.Objects.requireNonNull;

import io.tallystick.protocol.wire.MalformedException;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The wallet's side of a tap: maps each command APDU to its response. It answers any bytes with a
 * status word and never throws on what it is sent. One instance serves one radio field after the
 * other; {@link #deactivate()} says that the field is gone. Not safe for several threads.
 *
 * <p>{@code SELECT} → tap command → {@code GET RESPONSE} as often as needed → receipt command. The
 * same tap command again before the receipt is answered with the same token; another one is
 * refused.
 */
public final class TapCard {
  private final Wallet wallet;
  private boolean selected;
  private @Nullable TapRequest answeredRequest;
  private @Nullable TapToken token;
  private @Nullable Receipt keptReceipt;
  private byte[] pending = {};

  /** What the wallet does; the card only speaks. */
  public interface Wallet {
    /**
     * Signs or refuses. The wallet stores its half durably before it returns {@link
     * TapAnswer.Signed}. A request equal to one it has answered before, in an earlier field, is to
     * be answered with the same token: the terminal may have lost the answer.
     */
    TapAnswer answer(TapRequest request);

    /** Keeps a receipt that is good for the token. */
    void keepReceipt(TapToken token, Receipt receipt);
  }

  public TapCard(Wallet wallet) {
    this.wallet = requireNonNull(wallet, "wallet is null");
  }

  /** The field is gone: everything starts again with {@code SELECT}. */
  public void deactivate() {
    selected = false;
    startOver();
  }

  /** The response to a command. */
  public byte[] process(byte[] apdu) {
    ApduCommand command;
    try {
      command = ApduCommand.parse(apdu);
    } catch (MalformedException malformed) {
      return status(TapApdu.WRONG_LENGTH);
    }
    if (command.instructionClass() == TapApdu.CLASS_STANDARD) {
      return switch (command.instruction()) {
        case TapApdu.SELECT -> select(command);
        case TapApdu.GET_RESPONSE -> getResponse(command);
        default -> status(TapApdu.INSTRUCTION_UNKNOWN);
      };
    }
    if (command.instructionClass() != TapApdu.CLASS_PROPRIETARY) {
      return status(TapApdu.CLASS_UNKNOWN);
    }
    pending = new byte[0];
    return switch (command.instruction()) {
      case TapApdu.TAP -> tap(command);
      case TapApdu.RECEIPT -> receipt(command);
      default -> status(TapApdu.INSTRUCTION_UNKNOWN);
    };
  }

  private byte[] select(ApduCommand command) {
    selected = false;
    startOver();
    if (command.parameters() != TapApdu.SELECT_BY_NAME) {
      return status(TapApdu.WRONG_PARAMETERS);
    }
    if (!TapApdu.isApplicationId(command.data())) {
      return status(TapApdu.NOT_FOUND);
    }
    selected = true;
    return ApduResponse.of(TapApdu.fileControlInformation(), TapApdu.SUCCESS).encode();
  }

  private byte[] tap(ApduCommand command) {
    Optional<Integer> refusal = refuseUnlessSelected(command);
    if (refusal.isPresent()) {
      return status(refusal.get());
    }
    TapRequest request;
    try {
      request = TapRequest.parse(command.data());
    } catch (MalformedException malformed) {
      return status(TapApdu.WRONG_DATA);
    }
    if (answeredRequest != null && token != null) {
      return answeredRequest.equals(request)
          ? send(token.encode(), command.expectedLength())
          : status(TapApdu.CONDITIONS_NOT_SATISFIED);
    }
    TapAnswer answer = wallet.answer(request);
    if (answer instanceof TapAnswer.Refused refused) {
      return status(refused.reason().statusWord());
    }
    TapToken signed = ((TapAnswer.Signed) answer).token();
    answeredRequest = request;
    token = signed;
    return send(signed.encode(), command.expectedLength());
  }

  private byte[] receipt(ApduCommand command) {
    Optional<Integer> refusal = refuseUnlessSelected(command);
    if (refusal.isPresent()) {
      return status(refusal.get());
    }
    TapToken answered = token;
    if (answered == null) {
      return status(TapApdu.CONDITIONS_NOT_SATISFIED);
    }
    Receipt receipt;
    try {
      receipt = Receipt.parse(command.data());
    } catch (MalformedException malformed) {
      return status(TapApdu.WRONG_DATA);
    }
    if (keptReceipt != null) {
      return status(
          keptReceipt.equals(receipt) ? TapApdu.SUCCESS : TapApdu.CONDITIONS_NOT_SATISFIED);
    }
    if (receipt.verify(answered, Optional.empty()) != ReceiptStatus.GOOD) {
      return status(TapApdu.WRONG_DATA);
    }
    wallet.keepReceipt(answered, receipt);
    keptReceipt = receipt;
    return status(TapApdu.SUCCESS);
  }

  private byte[] getResponse(ApduCommand command) {
    if (pending.length == 0) {
      return status(TapApdu.CONDITIONS_NOT_SATISFIED);
    }
    return send(pending, command.expectedLength());
  }

  /** The first bytes that fit, the rest kept for {@code GET RESPONSE}. */
  private byte[] send(byte[] data, int expectedLength) {
    int length = Math.min(data.length, expectedLength);
    pending = Arrays.copyOfRange(data, length, data.length);
    byte[] sent = Arrays.copyOf(data, length);
    if (pending.length == 0) {
      return ApduResponse.of(sent, TapApdu.SUCCESS).encode();
    }
    int more = pending.length >= 256 ? 0 : pending.length;
    return ApduResponse.of(sent, TapApdu.MORE_DATA << 8 | more).encode();
  }

  private Optional<Integer> refuseUnlessSelected(ApduCommand command) {
    if (!selected) {
      return Optional.of(TapApdu.CONDITIONS_NOT_SATISFIED);
    }
    return command.parameters() == 0 ? Optional.empty() : Optional.of(TapApdu.WRONG_PARAMETERS);
  }

  private void startOver() {
    answeredRequest = null;
    token = null;
    keptReceipt = null;
    pending = new byte[0];
  }

  private static byte[] status(int statusWord) {
    return ApduResponse.of(statusWord).encode();
  }
}
