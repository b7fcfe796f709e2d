// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.platform;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.access.cli.ConnectionOptions;
import eu.nephele.smo.access.cli.listing.ListedKind;
import eu.nephele.smo.access.cli.resource.OutputOptions;
import eu.nephele.smo.access.cli.view.FleetPlanView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code fleet what-if}: where services would go in another world. */
@Command(
        name = "what-if",
        description = "Where services would go if clusters were lost or demand were another one; keeps no plan.")
public final class WhatIfCommand implements Callable<Integer> {

    private static final Duration BESIDES = Duration.ofSeconds(90);

    private static final ListedKind MOVES = ListedKind.rows("moves", "service", "/service", "SERVICE=/service", "");

    @Mixin
    private ConnectionOptions connection = new ConnectionOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Option(names = "--lost", paramLabel = "CLUSTER", split = ",", description = "Without these clusters.")
    private List<String> lost = new ArrayList<>();

    @Option(names = "--demand", paramLabel = "FACTOR", description = "With so many times the demand, such as 1.3.")
    private Optional<Double> demand = Optional.empty();

    @Option(names = "--world", paramLabel = "JSON", description = "Instead: whatIf as in the REST interface.")
    private Optional<String> world = Optional.empty();

    @Option(names = "--graph", paramLabel = "PROJECT/NAME", description = "May move; default: all.")
    private List<String> graphs = new ArrayList<>();

    @Option(names = "--budget", paramLabel = "SECONDS", description = "Time for the search; default: about one.")
    private Optional<Integer> budget = Optional.empty();

    @Override
    public Integer call() throws JsonProcessingException {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.set("whatIf", whatIf());
        if (!graphs.isEmpty()) {
            graphs.forEach(body.putArray("graphs")::add);
        }
        budget.ifPresent(seconds -> body.put("budgetSeconds", seconds));
        JsonNode plan = connection.client().post("/api/v1/fleet/what-if", body, BESIDES.plusSeconds(budget.orElse(0)));
        if (output.isTable(connection)) {
            FleetPlanView.print(connection.terminal(), plan);
        } else {
            output.write(connection, MOVES, plan.path("steps"), plan);
        }
        return 0;
    }

    private JsonNode whatIf() throws JsonProcessingException {
        if (world.isPresent()) {
            if (!lost.isEmpty() || demand.isPresent()) {
                throw connection.wrong("Give --world, or --lost and --demand");
            }
            return new ObjectMapper().readTree(world.get());
        }
        if (lost.isEmpty() && demand.isEmpty()) {
            throw connection.wrong("What would be another way? Give --lost CLUSTER, --demand FACTOR or --world JSON");
        }
        ObjectNode question = JsonNodeFactory.instance.objectNode();
        lost.forEach(cluster -> question.withObject("/clusters").put(cluster, "lost"));
        demand.ifPresent(factor -> question.put("demand", factor));
        return question;
    }
}
