// SPDX-License-Identifier: Apache-2.0
package eu.h3ni.rackinfrastructure;

import eu.nephele.smo.api.model.JsonValue.JsonNumber;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AdapterException.Kind;
import eu.nephele.smo.api.port.InfrastructureProvider.Infrastructure;
import java.util.List;

/** Reads lines {@code id;status;nodes}. Empty lines and those that begin with # are ignored. */
final class Pools {

    private static final int COLUMNS = 3;

    private Pools() {}

    /** @throws AdapterException {@code REFUSED}: a line is wrong; the message quotes it */
    static List<Infrastructure> parse(String text) {
        return text.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .map(Pools::line)
                .toList();
    }

    /** @throws AdapterException {@code REFUSED}: the answer is not one line */
    static Infrastructure one(String text) {
        List<Infrastructure> all = parse(text);
        if (all.size() != 1) {
            throw wrong("%d lines where one is expected".formatted(all.size()));
        }
        return all.get(0);
    }

    private static Infrastructure line(String line) {
        String[] parts = line.split(";", -1);
        if (parts.length != COLUMNS || parts[0].isEmpty() || !parts[2].matches("\\d{1,6}")) {
            throw wrong("the line '%s'".formatted(line.substring(0, Math.min(line.length(), 100))));
        }
        return new Infrastructure(
                parts[0], parts[1], JsonObject.EMPTY.with("nodes", JsonNumber.of(Long.parseLong(parts[2]))));
    }

    private static AdapterException wrong(String what) {
        return new AdapterException(
                Kind.REFUSED, Rack.SYSTEM, "The rack answers with %s, expected id;status;nodes".formatted(what));
    }
}
