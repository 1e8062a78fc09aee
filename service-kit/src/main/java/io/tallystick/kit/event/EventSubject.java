package io.tallystick.kit.event;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import com.google.protobuf.WireFormat;
import io.tallystick.api.events.v1.TapReceived;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// The payment that an event is about: field `payment_id`, in whatever type has one. By it the
/// parts of a batch are told apart, each with the trace that brought it about.
final class EventSubject {
  private static final String FIELD = "payment_id";
  private static final Map<String, FieldDescriptor> FIELDS = fields();

  private EventSubject() {}

  /// Empty for events about no payment.
  static Optional<String> of(Message message) {
    FieldDescriptor field = FIELDS.get(message.getDescriptorForType().getName());
    return field == null || field.getContainingType() != message.getDescriptorForType()
        ? Optional.empty()
        : Optional.of((String) message.getField(field));
  }

  /// Read from the bytes without decoding the rest; empty also for bytes that are no message, which
  /// is for the handler to say.
  static Optional<String> of(Event event) {
    FieldDescriptor field = FIELDS.get(event.type());
    if (field == null) {
      return Optional.empty();
    }
    try {
      CodedInputStream in = event.data().newCodedInput();
      for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
        if (WireFormat.getTagFieldNumber(tag) == field.getNumber()) {
          return Optional.of(in.readString());
        }
        if (!in.skipField(tag)) {
          return Optional.empty();
        }
      }
      return Optional.empty();
    } catch (IOException malformed) {
      return Optional.empty();
    }
  }

  private static Map<String, FieldDescriptor> fields() {
    Map<String, FieldDescriptor> fields = new HashMap<>();
    for (Descriptor message : TapReceived.getDescriptor().getFile().getMessageTypes()) {
      FieldDescriptor field = message.findFieldByName(FIELD);
      if (field != null) {
        fields.put(message.getName(), field);
      }
    }
    return Map.copyOf(fields);
  }
}
