// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store.backup;

import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonArray;
import eu.nephele.smo.api.model.JsonValue.JsonNumber;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.core.contract.json.StrictJson;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A sum over the rows of a table that is the same whatever their order, and however a database writes their JSON: whether what is in the
 * database is what was in the archive. It finds damage, not malice: both are in the hands of whoever restores.
 */
final class RowChecksum {

    private static final BigInteger MODULUS = BigInteger.ONE.shiftLeft(256);

    private final List<Boolean> json;
    private final MessageDigest digest;
    private BigInteger sum = BigInteger.ZERO;
    private long rows;

    /** @param json by column: whether its texts are JSON */
    RowChecksum(List<Boolean> json) {
        this.json = List.copyOf(json);
        try {
            this.digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException("SHA-256 is missing", everyJavaHasIt);
        }
    }

    void add(@Nullable Object[] values) {
        rows++;
        for (int i = 0; i < values.length; i++) {
            byte[] bytes = bytes(values[i], json.get(i));
            digest.update(ByteBuffer.allocate(5)
                    .put((byte) (values[i] == null ? 0 : 1))
                    .putInt(bytes.length)
                    .flip());
            digest.update(bytes);
        }
        sum = sum.add(new BigInteger(1, digest.digest())).mod(MODULUS);
    }

    private static byte[] bytes(@Nullable Object value, boolean isJson) {
        if (value == null) {
            return new byte[0];
        } else if (value instanceof byte[] bytes) {
            return bytes;
        }
        String text = isJson ? canonical(StrictJson.parse((String) value)).toJson() : value.toString();
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** With members in order, and numbers in one notation. */
    private static JsonValue canonical(JsonValue value) {
        if (value instanceof JsonObject object) {
            TreeMap<String, JsonValue> members = new TreeMap<>();
            object.members().forEach((name, member) -> members.put(name, canonical(member)));
            return new JsonObject(members);
        } else if (value instanceof JsonArray array) {
            return new JsonArray(array.items().stream()
                    .<JsonValue>map(RowChecksum::canonical)
                    .toList());
        } else if (value instanceof JsonNumber number) {
            BigDecimal exact = number.value();
            return new JsonNumber(exact.signum() == 0 ? BigDecimal.ZERO : exact.stripTrailingZeros());
        }
        return value;
    }

    /** Rows and sum. */
    String result() {
        return rows + " rows, " + sum.toString(16);
    }
}
