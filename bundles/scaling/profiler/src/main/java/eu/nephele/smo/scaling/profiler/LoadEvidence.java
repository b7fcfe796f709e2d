// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.scaling.profiler;

/** Why a sample tells something about capacity: a rate far below it tells nothing. */
public enum LoadEvidence {
    /** the caller says that the load was full */
    STATED("full load, as stated"),
    /** more arrived than was answered */
    UNSERVED("requests left unserved"),
    /** answers took a multiple of the time at rest */
    LATENCY("bent latency"),
    /** the processor was busy enough for the rate at full use to be inferred in proportion */
    PROCESSOR("processor use");

    private final String words;

    LoadEvidence(String words) {
        this.words = words;
    }

    public String words() {
        return words;
    }
}
