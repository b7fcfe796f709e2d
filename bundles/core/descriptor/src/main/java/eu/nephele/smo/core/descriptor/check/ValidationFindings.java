// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.descriptor.check;

import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.api.runtime.Violation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Errors and warnings about one body. For one thread, for one reading. */
public final class ValidationFindings {

    /** Limit of findings that a person reads; keeps the answer to a hostile body small. */
    public static final int MOST_VIOLATIONS = 500;

    private static final int MOST_WARNINGS = 100;

    private final Set<Violation> violations = new LinkedHashSet<>();
    private final TreeSet<String> pointers = new TreeSet<>();
    private final Set<String> warnings = new LinkedHashSet<>();

    public void addAll(Collection<Violation> found) {
        found.forEach(violation -> {
            if (violations.size() < MOST_VIOLATIONS && violations.add(violation)) {
                pointers.add(violation.pointer());
            }
        });
    }

    public void violation(String pointer, String message) {
        addAll(List.of(new Violation(pointer, message)));
    }

    public void warning(String message) {
        if (warnings.size() < MOST_WARNINGS) {
            warnings.add(message);
        }
    }

    /** Returns whether nothing was found at this place or below it; then it has the form that the schema asks for. */
    public boolean cleanAt(String pointer) {
        String below = pointers.ceiling(pointer + "/");
        return !pointers.contains(pointer) && (below == null || !below.startsWith(pointer + "/"));
    }

    public List<String> warnings() {
        return List.copyOf(warnings);
    }

    /** @throws SmoException {@code INVALID} with everything that was found, when anything was */
    public void throwIfAny() {
        if (violations.isEmpty()) {
            return;
        }
        List<Violation> all = new ArrayList<>(violations);
        all.sort(Comparator.comparing(Violation::pointer, DescriptorPointers.DOCUMENT_ORDER));
        String count = all.size() == 1 ? "1 error" : all.size() + " errors";
        Violation first = all.get(0);
        String where = first.pointer().isEmpty() ? "" : " at " + first.pointer();
        throw SmoException.invalid("The request has %s; the first%s: %s".formatted(count, where, first.message()), all);
    }
}
