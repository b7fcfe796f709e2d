// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.conformance.placement;

import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.api.placement.PlacementResult;
import eu.nephele.smo.api.placement.PlacementResult.Infeasible;
import eu.nephele.smo.api.placement.PlacementResult.Placed;
import eu.nephele.smo.api.placement.PlacementStrategy;
import eu.nephele.smo.lab.conformance.run.Flaw;
import eu.nephele.smo.lab.conformance.run.NamedCheck;
import eu.nephele.smo.lab.conformance.run.NotTried;
import eu.nephele.smo.lab.conformance.run.Session;
import java.util.List;
import java.util.Optional;

/** What is asked of the answers of a placement strategy. */
public final class PlacementChecks {

    private final Asking asking;
    private final List<String> capabilities;
    private final Survey survey = new Survey();

    /** @param capabilities what the strategy is published with */
    public PlacementChecks(PlacementStrategy strategy, Record parameters, List<String> capabilities) {
        this.asking = new Asking(strategy, parameters);
        this.capabilities = capabilities;
    }

    /** All checks, the cheap ones first. */
    public List<NamedCheck> all() {
        Timeliness timeliness = new Timeliness(asking);
        Repetition repetition = new Repetition(asking);
        return List.of(
                new NamedCheck("solves the simplest problems", this::solvesTheSimplest),
                new NamedCheck("keeps every rule on generated problems", this::keepsEveryRule),
                new NamedCheck("claims nothing about quality that is not so", this::claimsNothingWrong),
                new NamedCheck("explains what does not fit", this::explainsWhatDoesNotFit),
                new NamedCheck("splits services when it says that it can", this::splits),
                new NamedCheck("settles ties by the next level when it says that it can", this::settlesTies),
                new NamedCheck("gives the same answer again", repetition::sameAnswerAgain),
                new NamedCheck("gives the same answer on four threads at once", repetition::sameAnswerOnFourThreads),
                new NamedCheck("stops when it is told to", timeliness::stops),
                new NamedCheck("keeps its time", timeliness::keepsItsTime),
                new NamedCheck("leaves no thread behind", repetition::leavesNoThread));
    }

    private String solvesTheSimplest(Session session) {
        for (Problem problem : Problems.simplest()) {
            PlacementResult result = asking.answer(session, problem);
            if (result instanceof Infeasible) {
                throw new Flaw("%s\nthere is room for every service, it answered %s".formatted(problem.text(), result));
            }
        }
        return "%d problems".formatted(Problems.simplest().size());
    }

    private String keepsEveryRule(Session session) {
        survey.take(session, asking);
        survey.judge((request, result) -> {
            Optional<String> broken = Judge.brokenRule(request, result);
            broken.ifPresent(text -> asking.breaksRules());
            return broken;
        });
        return survey.text();
    }

    private String claimsNothingWrong(Session session) {
        requireSurvey();
        survey.judge((request, result) ->
                Judge.brokenRule(request, result).isPresent() ? Optional.empty() : Survey.wrongClaim(request, result));
        return "%d problems, small ones compared with all placements there are".formatted(survey.size());
    }

    private String explainsWhatDoesNotFit(Session session) {
        requireSurvey();
        survey.judge(Judge::poorExplanation);
        return "%d problems".formatted(survey.size());
    }

    private void requireSurvey() {
        if (survey.size() == 0) {
            throw new NotTried("there are no answers to look at");
        }
    }

    private String splits(Session session) {
        require(PlacementStrategy.SPLITS);
        for (Problem problem : Problems.spread()) {
            PlacementResult result = asking.answer(session, problem);
            if (result instanceof Infeasible) {
                throw new Flaw("%s\nit says %s=splits, there is room, it answered %s"
                        .formatted(problem.text(), PlacementStrategy.CAPABILITIES, result));
            }
        }
        return "%d problems".formatted(Problems.spread().size());
    }

    private String settlesTies(Session session) {
        require(PlacementStrategy.LEVELS);
        expectCluster(
                session,
                "level 0: c0 costs 1, c1 costs 1; level 1: c0 costs 2, c1 costs 1",
                Problems.twoLevels(1, 2),
                "c1");
        expectCluster(
                session,
                "level 0: c0 costs 0, c1 costs 1; level 1: c0 costs 2, c1 costs 1",
                Problems.twoLevels(0, 2),
                "c0");
        return "2 problems";
    }

    private void expectCluster(Session session, String what, PlacementRequest request, String cluster) {
        Problem problem = new Problem("one service, two clusters; " + what, request);
        PlacementResult result = asking.answer(session, problem);
        boolean there = result instanceof Placed placed
                && placed.placement().clusters().stream()
                        .anyMatch(id -> id.name().equals(cluster));
        if (!there) {
            fail(problem, "expected a→%s, it answered %s".formatted(cluster, Judge.text(result)));
        }
    }

    private void require(String capability) {
        if (!capabilities.contains(capability)) {
            throw new NotTried("it is not published with %s=%s".formatted(PlacementStrategy.CAPABILITIES, capability));
        }
    }

    private static void fail(Problem problem, String why) {
        throw new Flaw("%s\n%s".formatted(problem.text(), why));
    }
}
