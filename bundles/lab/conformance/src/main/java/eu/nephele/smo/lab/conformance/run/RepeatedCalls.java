// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.conformance.run;

import eu.nephele.smo.api.time.UsedTime;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Checks whether a plug-in is a pure function: neither earlier nor concurrent calls influence its answer. */
public record RepeatedCalls<Q, A>(
        Function<Q, String> text, BiFunction<ExaminationSession, Q, A> first, BiFunction<Q, A, TimedCall<A>> again) {

    private static final int THREADS = 4;
    private static final long LIMIT_MILLIS = 2000;
    private static final String ADVICE =
            "\nKeep no state between calls, take time and chance from the context only, and do not"
                    + " depend on the order of a HashMap or HashSet.";

    /** Asks all questions several times, in an order in which every question follows itself and others. */
    public String oneAfterTheOther(ExaminationSession session, List<Q> questions) {
        List<A> answers = ask(session, questions);
        for (int round = 0; round < 3; round++) {
            for (int i = 0; i < questions.size(); i++) {
                for (int repeat = 0; repeat <= (i + round) % 2; repeat++) {
                    Q question = questions.get(i);
                    A now = session.callTimed(LIMIT_MILLIS, again.apply(question, answers.get(i)))
                            .orFlaw(text.apply(question));
                    compare(question, answers.get(i), now, "then, asked the same");
                }
            }
        }
        return "%d problems, five or six calls each".formatted(questions.size());
    }

    /** Asks all questions on several threads at once; each begins with another question. */
    public String together(ExaminationSession session, List<Q> questions) {
        List<A> alone = ask(session, questions);
        List<TimedCall<List<A>>> bodies = IntStream.range(0, THREADS)
                .<TimedCall<List<A>>>mapToObj(thread -> used -> round(questions, alone, thread, used))
                .toList();
        String what = "%d problems on %d threads at once".formatted(questions.size(), THREADS);
        for (CallOutcome<List<A>> outcome : session.callTogether(2 * LIMIT_MILLIS, bodies)) {
            List<A> answers = outcome.orFlaw(what);
            for (int i = 0; i < questions.size(); i++) {
                compare(questions.get(i), alone.get(i), answers.get(i), "while other threads asked other things");
            }
        }
        return "%d problems on %d threads".formatted(questions.size(), THREADS);
    }

    private List<A> ask(ExaminationSession session, List<Q> questions) {
        return questions.stream()
                .map(question -> first.apply(session, question))
                .toList();
    }

    private List<A> round(List<Q> questions, List<A> alone, int thread, UsedTime used) throws Exception {
        int size = questions.size();
        List<A> answers = new ArrayList<>();
        for (int step = 0; step < size; step++) {
            int i = (step + thread) % size;
            answers.add(again.apply(questions.get(i), alone.get(i)).call(used));
        }
        return IntStream.range(0, size)
                .mapToObj(i -> answers.get(Math.floorMod(i - thread, size)))
                .toList();
    }

    private void compare(Q question, A first, A now, String when) {
        if (!first.equals(now)) {
            throw new FlawException("%s\nfirst it answered\n  %s\n%s,\n  %s%s"
                    .formatted(text.apply(question), first, when, now, ADVICE));
        }
    }
}
