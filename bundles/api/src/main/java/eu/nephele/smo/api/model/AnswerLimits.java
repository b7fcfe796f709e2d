// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.model;

import java.util.Optional;

/**
 * How much an answer of a strategy, scaler or intent handler may hold. Answers are recorded with the decision and shown to people;
 * one beyond these limits is a fault, and another strategy decides. Texts of adapters and hooks are cut: what they say is true
 * however long it is.
 */
public final class AnswerLimits {

    /** Characters of the note of a quality. */
    public static final int NOTE_CHARACTERS = 1_000;

    /** Characters of one reason: why a service does not fit on a cluster, why replicas are what they are, why a cluster is not allowed. */
    public static final int REASON_CHARACTERS = 500;

    /** Characters of all reasons of one answer together. */
    public static final int REASONS_CHARACTERS = 1_000_000;

    /** Reasons of one answer that fit whatever their length: who gives one per service and cluster looks at this first. */
    public static final int REASONS_OF_ANY_LENGTH = 2_000;

    /** Characters of what would have to change. */
    public static final int COUNTERFACTUAL_CHARACTERS = 2_000;

    /** Things that an intent handler may say about one intent: constraints, weights, bounds, warnings. */
    public static final int REQUIREMENTS = 10_000;

    /** Characters of a warning of an intent handler. */
    public static final int WARNING_CHARACTERS = 500;

    /** Warnings of an intent handler about one intent. */
    public static final int WARNINGS = 50;

    /** Characters of a name: id of a strategy, objective, intent, capability, unit. */
    public static final int NAME_CHARACTERS = 100;

    /** Characters of the default parameters of a strategy, as JSON. */
    public static final int PARAMETERS_CHARACTERS = 20_000;

    /** Characters of the schema of an intent, as JSON. */
    public static final int SCHEMA_CHARACTERS = 100_000;

    /** Further kinds of resources that an intent handler may ask for one service. */
    public static final int EXTENDED_RESOURCES = 100;

    /** Characters of the name of a further kind of resource, as in Kubernetes: a prefix of 253, a slash, a name of 63. */
    public static final int RESOURCE_NAME_CHARACTERS = 317;

    /** Characters of one text of an adapter or a hook: why it failed, what a workload waits for, what is left. Longer ones are cut. */
    public static final int MESSAGE_CHARACTERS = 2_000;

    /** Characters of what is told of a graph, a service or an operation, put together from such texts. Longer ones are cut. */
    public static final int TOLD_CHARACTERS = 10_000;

    private static final String REST = "…";

    private AnswerLimits() {}

    /**
     * Looks at what one service shall have.
     *
     * @return what is wrong with its further kinds of resources; empty when nothing is
     */
    public static Optional<String> flaw(Resources perReplica) {
        int kinds = perReplica.extended().size();
        return kinds > EXTENDED_RESOURCES
                ? Optional.of("%d further kinds of resources for one service, at most %d are possible"
                        .formatted(kinds, EXTENDED_RESOURCES))
                : perReplica.extended().keySet().stream()
                        .flatMap(name -> flaw("the name of a resource", name, RESOURCE_NAME_CHARACTERS).stream())
                        .findFirst();
    }

    /**
     * The text, or its beginning where it is longer: then the last character says that something is missing. No character that
     * takes two places is cut in half: nobody could write the rest of it as JSON.
     */
    public static String cut(String text, int mostCharacters) {
        if (text.length() <= mostCharacters) {
            return text;
        }
        int end = mostCharacters - REST.length();
        return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + REST;
    }

    /**
     * Looks at one text of an answer.
     *
     * @param what what it is, for people: {@code the note}
     * @return what is wrong with it; empty when nothing is
     */
    @SuppressWarnings("NullAway") // foreign code answers whatever it likes
    public static Optional<String> flaw(String what, String text, int mostCharacters) {
        if (text == null) {
            return Optional.of(what + " is missing");
        }
        return text.length() <= mostCharacters
                ? Optional.empty()
                : Optional.of(
                        "%s has %d characters, at most %d are possible".formatted(what, text.length(), mostCharacters));
    }
}
