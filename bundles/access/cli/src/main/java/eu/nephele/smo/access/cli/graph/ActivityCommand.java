// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.graph;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.access.cli.ConnectionOptions;
import eu.nephele.smo.access.cli.listing.ListedKind;
import eu.nephele.smo.access.cli.resource.OutputOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code activity}: what happened in all projects, by part of a time. */
@Command(
        name = "activity",
        description =
                "Decisions, moves and failed operations of all projects by part of a time, a day when none is given.")
public final class ActivityCommand implements Callable<Integer> {

    private static final ListedKind BUCKETS = ListedKind.rows(
            "activities",
            "activity",
            "/at",
            "AT=/at|time DECISIONS=/decisions PLACED=/placed INFEASIBLE=/infeasible SCALED=/scaled MOVED=/moved"
                    + " FAILED=/failed",
            "");

    @Mixin
    private ConnectionOptions connection = new ConnectionOptions();

    @Mixin
    private PastSpan span = new PastSpan();

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Option(
            names = "--buckets",
            paramLabel = "N",
            defaultValue = "24",
            description = "Into so many parts the time is divided; default: ${DEFAULT-VALUE}.")
    private int buckets;

    @Override
    public Integer call() {
        JsonNode activity = connection.client().get("/api/v1/activity" + span.query(connection, "buckets=" + buckets));
        List<JsonNode> rows = new ArrayList<>();
        activity.path("buckets").forEach(rows::add);
        if (output.isTable(connection)) {
            ObjectNode total = activity.path("total").deepCopy();
            rows.add(total.put("at", "in all"));
        }
        output.write(connection, BUCKETS, rows, activity);
        return 0;
    }
}
