package io.tallystick.protocol.state;

import io.tallystick.protocol.wire.MalformedException;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A state as text: a name, and for some states a detail in brackets. */
record StateText(String name, String detail) {
  private static final Pattern FORM =
      Pattern.compile("([a-z-]{1,30})(?:\\(([a-z0-9/_-]{1,45})\\))?");

  static StateText parse(String text, String field) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new MalformedException(field, "is not a state");
    }
    return new StateText(matcher.group(1), matcher.group(2) == null ? "" : matcher.group(2));
  }

  /** Only for states without a detail. */
  <T> T plain(T state, String field) {
    if (!detail.isEmpty()) {
      throw unknown(field);
    }
    return state;
  }

  /** For a state whose detail its own validation checks. */
  <T> T detailed(Supplier<T> state, String field) {
    try {
      return state.get();
    } catch (IllegalArgumentException refused) {
      throw unknown(field);
    }
  }

  static MalformedException unknown(String field) {
    return new MalformedException(field, "is not a state");
  }
}
