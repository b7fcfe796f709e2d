// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.conformance;

import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonArray;
import eu.nephele.smo.api.model.JsonValue.JsonBoolean;
import eu.nephele.smo.api.model.JsonValue.JsonNumber;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.JsonValue.JsonString;
import eu.nephele.smo.lab.conformance.Check.Result;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Findings of the kit about one plug-in.
 *
 * @param subject the examined plug-in, for example {@code placement strategy cheapest (com.example.Cheapest)}
 * @param checks in the order in which they ran; never empty
 * @param took wall-clock time of the examination
 */
public record ConformanceReport(String subject, List<Check> checks, Duration took) {

    public ConformanceReport {
        checks = List.copyOf(checks);
    }

    /** Returns whether no check failed. */
    public boolean passed() {
        return failed().isEmpty();
    }

    /** Returns whether every check had time to run. */
    public boolean complete() {
        return count(Result.UNTRIED) == 0;
    }

    /** The checks that failed, in order. */
    public List<Check> failed() {
        return checks.stream().filter(check -> check.result() == Result.FAILED).toList();
    }

    /** Returns the report for a terminal: a headline, one line per check, and below a failed one the problem and its remedy. */
    public String text() {
        String headline = "%s: %s (%d checks, %d failed, %d not tried, %d ms)"
                .formatted(
                        subject,
                        passed() ? "passed" : "FAILED",
                        checks.size(),
                        count(Result.FAILED),
                        count(Result.SKIPPED) + count(Result.UNTRIED),
                        took.toMillis());
        return checks.stream().map(ConformanceReport::lines).collect(Collectors.joining("\n", headline + "\n", "\n"));
    }

    /**
     * Returns the report for programs: {@code subject}, {@code passed}, {@code complete}, {@code tookMillis}, {@code checks}
     * of {@code name}, {@code result}, {@code detail}.
     */
    public JsonObject json() {
        Map<String, JsonValue> members = new LinkedHashMap<>();
        members.put("subject", new JsonString(subject));
        members.put("passed", new JsonBoolean(passed()));
        members.put("complete", new JsonBoolean(complete()));
        members.put("tookMillis", JsonNumber.of(took.toMillis()));
        members.put(
                "checks",
                new JsonArray(checks.stream().map(ConformanceReport::json).toList()));
        return new JsonObject(members);
    }

    private long count(Result result) {
        return checks.stream().filter(check -> check.result() == result).count();
    }

    private static String lines(Check check) {
        String first = "  %-7s  %s".formatted(check.result(), check.name());
        if (check.result() == Result.FAILED) {
            return first + check.detail().lines().collect(Collectors.joining("\n           ", "\n           ", ""));
        }
        return check.detail().isEmpty() ? first : first + " – " + check.detail();
    }

    private static JsonValue json(Check check) {
        Map<String, JsonValue> members = new LinkedHashMap<>();
        members.put("name", new JsonString(check.name()));
        members.put("result", new JsonString(check.result().name()));
        members.put("detail", new JsonString(check.detail()));
        return new JsonObject(members);
    }
}
