// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.placement;

import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.lab.harness.placement.CpSatProcess.ProgramEnd;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** What CP-SAT proves of many small requests: one process solves them one after the other, since its start takes longer than they do. */
public final class CpSatBatch {

    private static final long GRACE_MILLIS = 1_000;
    private static final String LAST_WORD = "end ";

    private final CpSatProcess process;

    /** @param limitMillis for each request */
    public CpSatBatch(List<String> command, long limitMillis, long seed) {
        this.process = new CpSatProcess(command, new RunLimits(limitMillis, seed, GRACE_MILLIS));
    }

    /**
     * @param units cost of the placement that is proven to be the best, recomputed, in whole units; empty if none is possible
     * @param failure why nothing is proven, for people; "" if something is
     */
    public record ProvenAnswer(OptionalLong units, String failure) {}

    /**
     * Returns an answer for each request, in their order.
     *
     * @param requests whose costs are whole units and whose traffic is whole numbers
     * @throws IOException if the program has failed
     */
    public List<ProvenAnswer> solve(List<PlacementRequest> requests) throws IOException, InterruptedException {
        List<Instance> instances = requests.stream()
                .map(request -> new Instance("case", InstanceObjective.ALL, request, OptionalLong.empty()))
                .toList();
        ProgramEnd end = process.solve(instances);
        if (!end.failure().isEmpty()) {
            throw new IOException("CP-SAT: " + end.failure());
        }
        List<String> texts = texts(end.text());
        if (texts.size() != instances.size()) {
            throw new IOException("CP-SAT has answered %d of %d requests".formatted(texts.size(), instances.size()));
        }
        List<ProvenAnswer> answers = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            answers.add(answer(CpSatOutput.parse(instances.get(i), texts.get(i))));
        }
        return answers;
    }

    /** What is printed for each ends with a line of this word. */
    private static List<String> texts(String output) {
        List<String> texts = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        for (String line : output.lines().toList()) {
            text.append(line).append('\n');
            if (line.startsWith(LAST_WORD)) {
                texts.add(text.toString());
                text.setLength(0);
            }
        }
        return texts;
    }

    private static ProvenAnswer answer(CpSatOutput output) {
        CheckedAnswer answer = output.answer();
        return switch (answer.status()) {
            case OPTIMAL -> new ProvenAnswer(answer.value(), "");
            case ERROR -> new ProvenAnswer(OptionalLong.empty(), answer.reason());
            case NONE, FEASIBLE ->
                new ProvenAnswer(
                        OptionalLong.empty(),
                        output.status().equals(CpSatOutput.INFEASIBLE) ? "" : "its status is " + output.status());
        };
    }
}
