package io.tallystick.kit.operator;

/// Something that an operator asks for.
///
/// @param caller URI of the certificate, or subject of the access token
/// @param call full name of the gRPC method, or HTTP method and path
/// @param request what was asked, as far as it is kept
public record OperatorCall(String caller, String call, String request) {
  private static final int LONGEST_NAME = 512;
  private static final int LONGEST_REQUEST = 4096;

  public OperatorCall {
    caller = cut(caller, LONGEST_NAME);
    call = cut(call, LONGEST_NAME);
    request = cut(request, LONGEST_REQUEST);
  }

  /// PostgreSQL's text has no NUL, and counts a character outside the basic plane as one.
  private static String cut(String text, int longest) {
    String clean = text.replace('\0', '\uFFFD');
    if (clean.length() <= longest) {
      return clean;
    }
    int end = longest - 1;
    return clean.substring(0, Character.isHighSurrogate(clean.charAt(end - 1)) ? end - 1 : end)
        + "…";
  }
}
