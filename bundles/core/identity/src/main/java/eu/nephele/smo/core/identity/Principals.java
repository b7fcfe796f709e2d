// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.identity;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** How principals are named: {@code anna}, {@code key:ci}, {@code PROVIDER:name}, {@code group:PROVIDER/NAME}. */
final class Principals {

    /** A user is its name alone; a provider of this name would be mistaken for it. */
    static final String USER = "user:";

    static final String KEY = "key:";
    static final String GROUP = "group:";
    static final String CERTIFICATE = "cert:";

    /** Names that stand for something else. */
    private static final Set<String> RESERVED = Set.of("admin", "anonymous", "internal", "smo", "alerts");

    /** Of what no identity provider can be called. */
    private static final List<String> PREFIXES = List.of(USER, KEY, GROUP, CERTIFICATE);

    private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9.-]{0,61}[a-z0-9])?");
    private static final Pattern FOREIGN = Pattern.compile("[a-z0-9-]{1,40}:[^\\p{C}\\p{Z}]{1,200}");

    private Principals() {}

    /** Returns what is wrong with the name of a user or key, "" when nothing is. */
    static String fault(String name) {
        if (!NAME.matcher(name).matches()) {
            return "expected lower-case letters, digits, - and . (at most 63 characters)";
        }
        return RESERVED.contains(name) ? "is reserved" : "";
    }

    /** Returns whether rights can be granted to it. */
    static boolean isSubject(String text) {
        return fault(text).isEmpty() || (FOREIGN.matcher(text).matches() && !text.startsWith(USER));
    }

    /** Returns whether it names somebody whom an identity provider knows. */
    static boolean isKnownElsewhere(String text) {
        return FOREIGN.matcher(text).matches() && PREFIXES.stream().noneMatch(text::startsWith);
    }

    /** Returns whether it names a user of this server. */
    static boolean isUser(String principal) {
        return principal.indexOf(':') < 0;
    }
}
