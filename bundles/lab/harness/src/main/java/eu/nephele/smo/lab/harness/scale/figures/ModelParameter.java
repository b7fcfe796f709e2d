// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.scale.figures;

/**
 * One input figure of the model.
 *
 * @param source page, run or reason
 */
public record ModelParameter(String name, double value, String unit, ParameterKind kind, String source) {

    /** Reliability of a figure. */
    public enum ParameterKind {
        /** A run of this product. */
        MEASURED,
        /** A default of this product. */
        CONFIGURED,
        /** Published by others. */
        PUBLISHED,
        /** A requirement that is not shown to be met. */
        REQUIRED,
        /** Chosen. */
        ASSUMED
    }

    ModelParameter with(double other) {
        return new ModelParameter(name, other, unit, ParameterKind.ASSUMED, "given for this run");
    }
}
