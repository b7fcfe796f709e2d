// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.plugins.samples;

/** A component whose activation fails; declared in the jar, not by an annotation. */
public class FailingComponent extends AllOnFirst {
    /** @throws IllegalStateException always */
    public FailingComponent() {
        throw new IllegalStateException("the model file is missing");
    }
}
