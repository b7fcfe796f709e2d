// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.scaling.scheduled;

import eu.nephele.smo.api.scaling.ScalingTarget;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The bounds of all windows that are open: the largest minimum and the smallest maximum. Where they contradict each other the minimum
 * wins: too many replicas cost money, too few lose requests.
 *
 * @param least the window whose minimum counts
 * @param most the window whose maximum counts
 * @param outside for people, when none is open
 */
record BoundsInForce(Optional<OpenWindow> least, Optional<OpenWindow> most, String outside) {

    private static final double ROUNDING = 1e-9;

    static BoundsInForce of(List<OpenWindow> open, String outside) {
        return new BoundsInForce(
                strictest(open, OpenWindow::minimum, Comparator.naturalOrder()),
                strictest(open, OpenWindow::maximum, Comparator.reverseOrder()),
                outside);
    }

    /** Of equal ones that which lasts longest. */
    private static Optional<OpenWindow> strictest(
            List<OpenWindow> open, Function<OpenWindow, Optional<Integer>> bound, Comparator<Integer> order) {
        return open.stream()
                .filter(window -> bound.apply(window).isPresent())
                .max(Comparator.comparing(
                                (OpenWindow window) -> bound.apply(window).orElseThrow(), order)
                        .thenComparing(OpenWindow::until));
    }

    /** A target with these bounds, as far as its own allow them. */
    ScalingTarget narrowed(ScalingTarget target) {
        if (outsideOfAll()) {
            return target;
        }
        int min = minimum().map(own -> within(target, own)).orElse(target.minReplicas());
        int max = maximum().map(own -> within(target, own)).orElse(target.maxReplicas());
        return target.change().bounds(min, Math.max(min, max)).build();
    }

    /** For people: which bounds apply, and until when. */
    String note(ScalingTarget target) {
        if (outsideOfAll()) {
            return outside;
        }
        StringBuilder note = new StringBuilder(texts());
        if (contradictory()) {
            note.append("; the minimum wins");
        }
        if (isCut(target, minimum()) || isCut(target, maximum())) {
            note.append("; cut to its own bounds, %d to %d".formatted(target.minReplicas(), target.maxReplicas()));
        }
        return note.toString();
    }

    private String texts() {
        if (least.isPresent() && least.equals(most)) {
            return "%d to %d replicas in %s"
                    .formatted(
                            minimum().orElseThrow(),
                            maximum().orElseThrow(),
                            least.get().text());
        }
        return Stream.of(
                        least.map(window -> "at least %d replicas in %s"
                                .formatted(window.minimum().orElseThrow(), window.text())),
                        most.map(window -> "at most %d replicas in %s"
                                .formatted(window.maximum().orElseThrow(), window.text())))
                .flatMap(Optional::stream)
                .collect(Collectors.joining(", "));
    }

    private boolean outsideOfAll() {
        return least.isEmpty() && most.isEmpty();
    }

    private Optional<Integer> minimum() {
        return least.flatMap(OpenWindow::minimum);
    }

    private Optional<Integer> maximum() {
        return most.flatMap(OpenWindow::maximum);
    }

    private boolean contradictory() {
        return minimum().orElse(0) > maximum().orElse(Integer.MAX_VALUE);
    }

    private static int within(ScalingTarget target, int bound) {
        return Math.max(target.minReplicas(), Math.min(part(target, bound), target.maxReplicas()));
    }

    /** Of a service on several clusters each has its part, rounded up. */
    private static int part(ScalingTarget target, int bound) {
        return (int) Math.ceil(bound * target.portion() - ROUNDING);
    }

    private static boolean isCut(ScalingTarget target, Optional<Integer> bound) {
        return bound.filter(own -> within(target, own) != part(target, own)).isPresent();
    }
}
