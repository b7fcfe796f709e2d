// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.demo;

import java.io.Serial;
import java.util.ArrayList;
import java.util.List;

/** A step of the demo did not have the expected effect. */
final class StepFailed extends Exception {

    @Serial
    private static final long serialVersionUID = 1L;

    // An exception may only have members that can be serialised, which a List need not be.
    private final ArrayList<String> lines;

    StepFailed(String message) {
        this(message, List.of());
    }

    StepFailed(String message, List<String> details) {
        super(message);
        this.lines = new ArrayList<>();
        this.lines.add(message);
        this.lines.addAll(details);
    }

    List<String> lines() {
        return List.copyOf(lines);
    }
}
