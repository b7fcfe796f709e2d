// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.conformance.run;

/** Outcome of one call of a plug-in. */
public sealed interface CallOutcome<T> {

    record Returned<T>(T answer, long millis) implements CallOutcome<T> {}

    /**
     * @param problem the exception and its place, for people
     * @param refusal whether it was an {@link IllegalArgumentException}, which some calls may throw
     */
    record Threw<T>(String problem, boolean refusal) implements CallOutcome<T> {}

    /** No answer in time; the call was interrupted and ended. */
    record Late<T>(String why) implements CallOutcome<T> {}

    /** @throws FlawException when there is no answer */
    default T orFlaw(String what) {
        if (this instanceof Returned<T> returned) {
            return returned.answer();
        } else if (this instanceof Threw<T> threw) {
            throw new FlawException("%s\nit threw %s".formatted(what, threw.problem()));
        }
        throw new FlawException("%s\n%s".formatted(what, ((Late<T>) this).why()));
    }
}
