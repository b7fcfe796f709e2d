// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.ops.configuration;

import eu.nephele.smo.core.contract.store.EffectiveConfiguration;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Digests instead of values: two servers can compare their configurations without revealing them. */
final class ConfigurationDigests {

    private static final int SALT_BYTES = 16;
    private static final String DATA = "${smo.data}";

    private final SecureRandom random = new SecureRandom();
    private final String data;

    /** @param data the data directory: a path below it is the same on each server */
    ConfigurationDigests(String data) {
        this.data = data;
    }

    String salt() {
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        return HexFormat.of().formatHex(salt);
    }

    /** @param shared values by PID and property */
    EffectiveConfiguration compute(Map<String, Map<String, List<String>>> shared, String salt) {
        Map<String, Map<String, String>> digests = new TreeMap<>();
        shared.forEach((pid, properties) -> {
            Map<String, String> each = new TreeMap<>();
            properties.forEach((name, values) -> each.put(name, digest(salt, pid, name, values)));
            digests.put(pid, Map.copyOf(each));
        });
        return new EffectiveConfiguration(salt, digests);
    }

    /** The digest covers the property's name: equal values of two properties have different digests. */
    private String digest(String salt, String pid, String name, List<String> values) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            add(digest, salt);
            add(digest, pid);
            add(digest, name);
            values.forEach(value -> add(digest, data.isEmpty() ? value : value.replace(data, DATA)));
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("SHA-256 is not available", impossible);
        }
    }

    private static void add(MessageDigest digest, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
        digest.update(bytes);
    }
}
