// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.conformance.placement;

import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.api.placement.PlacementResult;
import eu.nephele.smo.api.placement.PlacementResult.Infeasible;
import eu.nephele.smo.api.placement.PlacementResult.Placed;
import eu.nephele.smo.api.placement.PlacementStrategy;
import eu.nephele.smo.lab.conformance.run.ExaminationSession;
import eu.nephele.smo.lab.conformance.run.FlawException;
import eu.nephele.smo.lab.conformance.run.NamedCheck;
import eu.nephele.smo.lab.conformance.run.NotTried;
import java.util.List;
import java.util.Optional;

/** Checks of the answers of a placement strategy. */
public final class PlacementChecks {

    private final StrategyUnderTest strategyUnderTest;
    private final List<String> capabilities;
    private final AnswerSurvey survey = new AnswerSurvey();

    public PlacementChecks(PlacementStrategy strategy, Record parameters, List<String> capabilities) {
        this.strategyUnderTest = new StrategyUnderTest(strategy, parameters);
        this.capabilities = capabilities;
    }

    public List<NamedCheck> all() {
        TimelinessCheck timeliness = new TimelinessCheck(strategyUnderTest);
        PurityCheck purityCheck = new PurityCheck(strategyUnderTest);
        return List.of(
                new NamedCheck("solves the simplest problems", this::solvesTheSimplest),
                new NamedCheck("keeps every rule on generated problems", this::keepsEveryRule),
                new NamedCheck("claims nothing about quality that is not so", this::claimsNothingWrong),
                new NamedCheck("explains what does not fit", this::explainsWhatDoesNotFit),
                new NamedCheck("splits services when it says that it can", this::splits),
                new NamedCheck("settles ties by the next level when it says that it can", this::settlesTies),
                new NamedCheck("gives the same answer again", purityCheck::sameAnswerAgain),
                new NamedCheck("gives the same answer on four threads at once", purityCheck::sameAnswerOnFourThreads),
                new NamedCheck("stops when it is told to", timeliness::stops),
                new NamedCheck("keeps its time", timeliness::keepsItsTime),
                new NamedCheck("leaves no thread behind", purityCheck::leavesNoThread));
    }

    private String solvesTheSimplest(ExaminationSession session) {
        for (PlacementCase problem : PlacementCases.simplest()) {
            PlacementResult result = strategyUnderTest.answer(session, problem);
            if (result instanceof Infeasible) {
                throw new FlawException(
                        "%s\nthere is room for every service, it answered %s".formatted(problem.text(), result));
            }
        }
        return "%d problems".formatted(PlacementCases.simplest().size());
    }

    private String keepsEveryRule(ExaminationSession session) {
        survey.take(session, strategyUnderTest);
        survey.judge((request, result) -> {
            Optional<String> broken = PlacementJudge.brokenRule(request, result);
            broken.ifPresent(text -> strategyUnderTest.breaksRules());
            return broken;
        });
        return survey.text();
    }

    private String claimsNothingWrong(ExaminationSession session) {
        requireSurvey();
        survey.judge(
                (request, result) -> PlacementJudge.brokenRule(request, result).isPresent()
                        ? Optional.empty()
                        : AnswerSurvey.wrongClaim(request, result));
        return "%d problems, small ones compared with all placements there are".formatted(survey.size());
    }

    private String explainsWhatDoesNotFit(ExaminationSession session) {
        requireSurvey();
        survey.judge(PlacementJudge::poorExplanation);
        return "%d problems".formatted(survey.size());
    }

    private void requireSurvey() {
        if (survey.size() == 0) {
            throw new NotTried("no answers to check");
        }
    }

    private String splits(ExaminationSession session) {
        require(PlacementStrategy.SPLITS);
        for (PlacementCase problem : PlacementCases.spread()) {
            PlacementResult result = strategyUnderTest.answer(session, problem);
            if (result instanceof Infeasible) {
                throw new FlawException("%s\nit says %s=splits, there is room, it answered %s"
                        .formatted(problem.text(), PlacementStrategy.CAPABILITIES, result));
            }
        }
        return "%d problems".formatted(PlacementCases.spread().size());
    }

    private String settlesTies(ExaminationSession session) {
        require(PlacementStrategy.LEVELS);
        expectCluster(
                session,
                "level 0: c0 costs 1, c1 costs 1; level 1: c0 costs 2, c1 costs 1",
                PlacementCases.twoLevels(1, 2),
                "c1");
        expectCluster(
                session,
                "level 0: c0 costs 0, c1 costs 1; level 1: c0 costs 2, c1 costs 1",
                PlacementCases.twoLevels(0, 2),
                "c0");
        return "2 problems";
    }

    private void expectCluster(ExaminationSession session, String what, PlacementRequest request, String cluster) {
        PlacementCase problem = new PlacementCase("one service, two clusters; " + what, request);
        PlacementResult result = strategyUnderTest.answer(session, problem);
        boolean there = result instanceof Placed placed
                && placed.placement().clusters().stream()
                        .anyMatch(id -> id.name().equals(cluster));
        if (!there) {
            fail(problem, "expected a→%s, it answered %s".formatted(cluster, PlacementJudge.text(result)));
        }
    }

    private void require(String capability) {
        if (!capabilities.contains(capability)) {
            throw new NotTried("it is not published with %s=%s".formatted(PlacementStrategy.CAPABILITIES, capability));
        }
    }

    private static void fail(PlacementCase problem, String why) {
        throw new FlawException("%s\n%s".formatted(problem.text(), why));
    }
}
