// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.quota;

import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.api.runtime.Violation;
import eu.nephele.smo.core.contract.json.JsonPointers;
import eu.nephele.smo.core.contract.quota.QuotaMember;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Checks quotas that come from outside. */
final class QuotaRules {

    /** The largest whole number that every reader of JSON keeps. */
    static final long MOST = (1L << 53) - 1;

    static final String EXPECTED_MEMBERS =
            "graphs, services, webhooks, plans, streams, cpu, memory, storage, gpus, or the Kubernetes name of a resource such as nvidia.com/mig-1g.5gb";

    private static final Pattern PROJECT = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");

    private QuotaRules() {}

    /** @throws SmoException {@code INVALID} with a pointer for each mistake */
    static SortedMap<QuotaMember, Long> checked(String project, Map<String, Long> limits) {
        List<Violation> violations = new ArrayList<>();
        if (!PROJECT.matcher(project).matches()) {
            violations.add(new Violation(
                    "",
                    "the project '%s' is no name: expected lower-case letters, digits and dashes".formatted(project)));
        }
        if (limits.size() > QuotaMember.MOST_MEMBERS) {
            violations.add(new Violation("/limits", "expected at most %d members".formatted(QuotaMember.MOST_MEMBERS)));
        }
        SortedMap<QuotaMember, Long> checked = new TreeMap<>();
        new TreeMap<>(limits).forEach((name, limit) -> {
            String pointer = JsonPointers.child("/limits", name);
            Optional<QuotaMember> member = QuotaMember.parse(name);
            if (member.isEmpty()) {
                violations.add(new Violation(pointer, "is not known; expected one of " + EXPECTED_MEMBERS));
            } else if (limit < 0 || limit > MOST) {
                violations.add(new Violation(pointer, "expected a whole number from 0 to " + MOST));
            } else {
                checked.put(member.get(), limit);
            }
        });
        if (!violations.isEmpty()) {
            throw SmoException.invalid("The quota cannot be used", violations);
        }
        return checked;
    }

    /**
     * The usual quota.
     *
     * @throws IllegalArgumentException that names the entry
     */
    static SortedMap<QuotaMember, Long> usual(String... entries) {
        SortedMap<QuotaMember, Long> usual = new TreeMap<>();
        for (String entry : entries) {
            int equals = entry.lastIndexOf('=');
            Optional<QuotaMember> member = equals < 1
                    ? Optional.empty()
                    : QuotaMember.parse(entry.substring(0, equals).strip());
            usual.put(
                    member.orElseThrow(() -> wrong(entry, "member=limit with a member of " + EXPECTED_MEMBERS)),
                    limit(entry, entry.substring(equals + 1).strip()));
        }
        return usual;
    }

    private static long limit(String entry, String text) {
        try {
            long limit = Long.parseLong(text);
            if (limit >= 0 && limit <= MOST) {
                return limit;
            }
        } catch (NumberFormatException noNumber) {
            throw (IllegalArgumentException)
                    wrong(entry, "a whole number as the limit").initCause(noNumber);
        }
        throw wrong(entry, "a limit from 0 to " + MOST);
    }

    private static IllegalArgumentException wrong(String entry, String expected) {
        return new IllegalArgumentException(
                "Configuration eu.nephele.smo.core.quota: defaults has '%s', expected %s".formatted(entry, expected));
    }
}
