// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.descriptor.syntax;

import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.api.runtime.Violation;
import eu.nephele.smo.core.contract.json.NumberLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Numbers and texts of a body that are beyond their limits, each with its pointer, so that one answer names them all. */
final class SizeViolations {

    private static final int MOST = 100;

    private final BodyLimits limits;
    private final List<Violation> found = new ArrayList<>();

    SizeViolations(BodyLimits limits) {
        this.limits = limits;
    }

    /** @return whether the number may be read */
    boolean number(String text, Supplier<String> pointer) {
        return NumberLimits.refusal(text).map(why -> add(pointer, why)).isEmpty();
    }

    void text(int characters, Supplier<String> pointer) {
        if (characters > limits.textCharacters()) {
            add(pointer, "is a text of %d characters, the limit is %d".formatted(characters, limits.textCharacters()));
        }
    }

    /** @throws SmoException {@code INVALID} when anything was beyond its limit */
    void throwIfAny() {
        if (!found.isEmpty()) {
            throw SmoException.invalid("The body has values beyond the limits", found);
        }
    }

    private Violation add(Supplier<String> pointer, String why) {
        Violation violation = new Violation(pointer.get(), why);
        if (found.size() < MOST) {
            found.add(violation);
        }
        return violation;
    }
}
