package io.tallystick.kit.database;

import java.sql.Types;
import org.jdbi.v3.core.argument.AbstractArgumentFactory;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.config.ConfigRegistry;

/// Binds `byte[][]` as `bytea[]`, for unnest.
final class ByteaArrays extends AbstractArgumentFactory<byte[][]> {
  ByteaArrays() {
    super(Types.ARRAY);
  }

  @Override
  protected Argument build(byte[][] value, ConfigRegistry config) {
    return (position, statement, context) ->
        statement.setArray(position, statement.getConnection().createArrayOf("bytea", value));
  }
}
