// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.intents.compute;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.ToLongFunction;

/** @param amounts class name to amount per replica, in configured order, at least one */
record ResourceClasses(Map<String, Long> amounts) {

    ResourceClasses {
        amounts = Collections.unmodifiableMap(new LinkedHashMap<>(amounts));
    }

    /**
     * @param entries {@code name=quantity} each
     * @param quantity reads the text after the equals sign
     * @throws IllegalArgumentException names the key and its error
     */
    static ResourceClasses parse(String key, String[] entries, ToLongFunction<String> quantity) {
        Map<String, Long> amounts = new LinkedHashMap<>();
        for (String entry : entries) {
            int equals = entry.indexOf('=');
            String name = equals < 0 ? "" : entry.substring(0, equals).strip();
            if (name.isEmpty()) {
                throw malformed(key, "'%s' is not name=quantity".formatted(entry));
            }
            if (amounts.put(name, amount(key, name, entry.substring(equals + 1).strip(), quantity)) != null) {
                throw malformed(key, "class '%s' occurs twice".formatted(name));
            }
        }
        if (amounts.isEmpty()) {
            throw malformed(key, "no class is configured, expected at least one name=quantity");
        }
        return new ResourceClasses(amounts);
    }

    /** @throws IllegalArgumentException when there is no such class */
    void require(String key, String name) {
        if (!amounts.containsKey(name)) {
            throw malformed(key, "class '%s' does not exist, expected one of %s".formatted(name, names()));
        }
    }

    Set<String> names() {
        return amounts.keySet();
    }

    /**
     * @param pointer JSON pointer of the class in the descriptor, for messages
     * @throws IllegalArgumentException when there is no such class
     */
    long amountOf(String pointer, String name) {
        Long amount = amounts.get(name);
        if (amount == null) {
            throw new IllegalArgumentException(
                    "%s: class '%s' does not exist, expected one of %s".formatted(pointer, name, names()));
        }
        return amount;
    }

    private static long amount(String key, String name, String text, ToLongFunction<String> quantity) {
        try {
            return quantity.applyAsLong(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "Configuration %s: class '%s': %s".formatted(key, name, e.getMessage()), e);
        }
    }

    private static IllegalArgumentException malformed(String key, String what) {
        return new IllegalArgumentException("Configuration %s: %s".formatted(key, what));
    }
}
