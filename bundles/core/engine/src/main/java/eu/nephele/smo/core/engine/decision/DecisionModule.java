// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.decision;

import eu.nephele.smo.core.engine.cluster.Federation;
import eu.nephele.smo.core.engine.context.EngineContext;
import eu.nephele.smo.core.engine.context.EngineSettings;
import eu.nephele.smo.core.engine.context.Rooms;
import eu.nephele.smo.core.engine.graph.GraphRegister;
import eu.nephele.smo.core.engine.operation.Operations;
import eu.nephele.smo.core.engine.proposal.Automation;
import eu.nephele.smo.core.engine.proposal.Effective;
import eu.nephele.smo.core.engine.proposal.MoveBudget;
import eu.nephele.smo.core.engine.proposal.Problems;
import eu.nephele.smo.core.engine.proposal.Proposer;
import java.time.Clock;

/** The way of a decision: what the engine wants by itself, the question, the proposal, what is stored and reserved. */
public record DecisionMaking(
        Automation automation,
        Problems problems,
        Proposer proposer,
        Decisions decisions,
        Commits commits,
        Placer placer) {

    public static DecisionMaking of(
            EngineContext context, GraphRegister register, Operations operations, Federation federation) {
        EngineSettings settings = context.settings();
        Rooms rooms = context.rooms();
        Clock clock = context.clock();
        MoveBudget budget = new MoveBudget(clock);
        Problems problems = new Problems(federation.board(), federation.ports(), clock);
        Proposer proposer = new Proposer(
                federation.board(), problems, new Effective(settings.scaling()), rooms.translator(), rooms.placement());
        Decisions decisions = new Decisions(federation.board(), budget, register.happenings(), clock);
        Commits commits =
                new Commits(register.graphs(), federation.board(), new Designs(register.revisions()), operations);
        return new DecisionMaking(
                new Automation(
                        federation.board(),
                        budget,
                        settings.failoverGrace(),
                        settings.replacementInterval(),
                        rooms.journal(),
                        clock,
                        context.time()),
                problems,
                proposer,
                decisions,
                commits,
                new Placer(
                        commits,
                        federation.board(),
                        proposer,
                        decisions,
                        rooms.journal(),
                        register.census(),
                        operations));
    }
}
