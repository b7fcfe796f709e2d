// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.solver;

import eu.nephele.smo.api.model.AnswerLimits;
import eu.nephele.smo.api.placement.PlacementRequest;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What would have to change so that a request fits, and what cannot be kept together as it is.
 *
 * @param changes with all of which it fits, which was tried; one if one is enough. None if none was found
 */
public record Counterfactual(Conflict conflict, List<SuggestedChange> changes) {

    public Counterfactual {
        changes = List.copyOf(changes);
    }

    /** Returns the request with all changes; without costs. */
    public PlacementRequest apply(PlacementRequest request) {
        PlacementRequest changed = request;
        for (SuggestedChange change : changes) {
            changed = change.apply(changed);
        }
        return changed;
    }

    /** For people, within {@link AnswerLimits#COUNTERFACTUAL_CHARACTERS}. */
    public String text() {
        String found =
                switch (changes.size()) {
                    case 0 -> "No change was found with which it would fit";
                    case 1 -> "It would fit %s".formatted(changes.get(0).text());
                    default ->
                        "It would fit %s; no single change was found that is enough"
                                .formatted(changes.stream()
                                        .map(SuggestedChange::text)
                                        .collect(Collectors.joining(", and ")));
                };
        String conflicting = conflict.minimal()
                ? "These cannot all be kept"
                : "These seem not to go together, which is not proven to be minimal";
        String text = "%s. %s: %s".formatted(found, conflicting, ConflictMember.text(conflict.members()));
        return AnswerLimits.cut(text, AnswerLimits.COUNTERFACTUAL_CHARACTERS);
    }
}
