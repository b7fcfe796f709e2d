// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.solver;

import eu.nephele.smo.api.model.Placement;
import eu.nephele.smo.api.placement.BoundProof;
import eu.nephele.smo.api.placement.PlacementResult;
import eu.nephele.smo.api.placement.PlacementResult.Infeasible;
import eu.nephele.smo.api.placement.PlacementResult.Placed;
import eu.nephele.smo.api.placement.PlacementResult.Quality;
import eu.nephele.smo.api.placement.PlacementResult.StopReason;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/** Makes the answer of a strategy from what a search has found: the placement, and how good it is as far as that is known. */
public final class AnswerBuilder {

    private static final double PERCENT = 100;
    private static final String NO_ROOM = "does not fit beside the other services";

    private final RequestProblem read;
    private final Incumbent incumbent;
    private final WorkBudget work;

    public AnswerBuilder(RequestProblem read, Incumbent incumbent, WorkBudget work) {
        this.read = read;
        this.incumbent = incumbent;
        this.work = work;
    }

    /**
     * @param tieSettled whether it is also the first among equals
     * @param evidence of the optimum, or of a lower bound at least
     */
    public PlacementResult proven(boolean tieSettled, Evidence evidence) {
        if (read.inexact().isPresent()) {
            return unproven(StopReason.FINISHED, 0, evidence, 0, read.inexact().get());
        }
        String note = tieSettled ? "" : "proven in cost; the tie-break among equals is not finished";
        return placed(StopReason.PROVEN_OPTIMAL, cost(), evidence, note);
    }

    /**
     * @param bound a cost of the first level that no feasible assignment is below
     * @param evidence of it, or of a lower one
     * @param stuck an item that did not fit beside the others, if nothing is found
     * @param reason why there is no proof, for people
     */
    public PlacementResult unproven(StopReason stop, long bound, Evidence evidence, int stuck, String reason) {
        if (!incumbent.exists()) {
            return notFound(stuck, reason);
        }
        long least = hasCosts() && read.inexact().isEmpty() ? bound : 0;
        String gap = String.format(Locale.ROOT, "%.2f", PERCENT * (cost() - least) / Math.max(1, cost()));
        return placed(stop, least, evidence, "%s; gap to the lower bound %s %% of the cost".formatted(reason, gap));
    }

    /** @param at a feasible assignment of a problem in which all are equally good */
    public PlacementResult anyOfEquals(int[] at) {
        incumbent.offer(at, read.problem().vector(at));
        return proven(true, new Evidence(cost(), new WholePrices(read.problem()), List.of()));
    }

    /**
     * The incumbent, which minimises something else than the costs of the request, so that no bound of these is known.
     *
     * @param proven whether the search was complete; the note says so
     */
    public PlacementResult withoutBound(StopReason stop, String note, boolean proven) {
        String proof = proven && read.inexact().isEmpty() ? ": proven" : "";
        return new Placed(
                read.placement(incumbent.at()),
                new Quality(stop, OptionalLong.empty(), OptionalLong.of(work.units()), note + proof));
    }

    /** @param reason why nothing is proven, for people */
    public Infeasible notFound(int stuck, String reason) {
        return read.infeasible(stuck, "%s, which is not proven: %s".formatted(NO_ROOM, reason), Optional.empty());
    }

    /** Returns the answer to a problem that needs no search: without services, without clusters, or with a service that fits nowhere alone. */
    public Optional<PlacementResult> trivial() {
        AssignmentProblem problem = read.problem();
        if (problem.items == 0) {
            Quality quality =
                    new Quality(StopReason.PROVEN_OPTIMAL, OptionalLong.of(0), OptionalLong.of(work.units()), "");
            return Optional.of(new Placed(Placement.NONE, quality));
        }
        if (problem.clusters == 0) {
            return Optional.of(read.infeasible(0, "", Optional.of("no available cluster")));
        }
        return problem.hasHomelessItem()
                ? Optional.of(read.infeasible(0, NO_ROOM, Optional.empty()))
                : Optional.empty();
    }

    /** @param stuck an item that did not fit beside the others */
    public Infeasible provenInfeasible(int stuck) {
        String proof =
                read.inexact().map(why -> ", which is not proven: " + why).orElse(": proven");
        return read.infeasible(stuck, NO_ROOM + proof, Optional.empty());
    }

    private PlacementResult placed(StopReason stop, long bound, Evidence evidence, String note) {
        Optional<BoundProof> proof = hasCosts() && read.inexact().isEmpty()
                ? Optional.of(evidence.proof(read, incumbent.at()))
                : Optional.empty();
        Quality quality = new Quality(stop, OptionalLong.of(bound), OptionalLong.of(work.units()), note, proof);
        return new Placed(read.placement(incumbent.at()), quality);
    }

    private boolean hasCosts() {
        return read.problem().objective.costLevels > 0;
    }

    private long cost() {
        return hasCosts() ? incumbent.vector()[0] : 0;
    }
}
