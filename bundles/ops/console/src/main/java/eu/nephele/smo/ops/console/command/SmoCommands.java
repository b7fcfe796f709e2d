// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.ops.console.command;

import eu.nephele.smo.api.graph.GraphService;
import eu.nephele.smo.api.graph.GraphView;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.Operation;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.decision.DecisionService;
import eu.nephele.smo.core.contract.decision.StrategyControl.StrategyStatus;
import eu.nephele.smo.core.contract.plugin.Plugin;
import eu.nephele.smo.ops.console.ConsoleServices;
import eu.nephele.smo.ops.console.EffectiveStrategies;
import eu.nephele.smo.ops.console.HoldTexts;
import eu.nephele.smo.ops.console.StrategyUses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Descriptor;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Commands of the scope {@code smo} for the Gogo shell. Each returns the text to show. */
@Component(
        service = SmoCommands.class,
        property = {
            "osgi.command.scope=smo",
            "osgi.command.function=strategies",
            "osgi.command.function=plugins",
            "osgi.command.function=graphs",
            "osgi.command.function=explain",
            "osgi.command.function=swap"
        })
public final class SmoCommands {

    private static final Duration SWAP_TIME = Duration.ofSeconds(60);

    private final ConsoleServices consoleServices;
    private final Path temporary;

    @Activate
    public SmoCommands(@Reference ConsoleServices consoleServices, BundleContext context) {
        this(
                consoleServices,
                Optional.ofNullable(context.getProperty("smo.data"))
                        .map(data -> Path.of(data, "tmp"))
                        .orElseGet(() -> Path.of(System.getProperty("java.io.tmpdir"))));
    }

    SmoCommands(ConsoleServices consoleServices, Path temporary) {
        this.consoleServices = consoleServices;
        this.temporary = temporary;
    }

    @Descriptor("Strategies, objectives and intents: version, state, decisions, faults, graphs")
    public String strategies(CommandSession session) {
        StrategyUses uses = StrategyUses.create(consoleServices, caller(session));
        return TextTable.render(
                List.of("KIND", "ID", "VERSION", "STATE", "DECISIONS", "FAULTS", "GRAPHS", "WHY"),
                consoleServices
                        .strategies()
                        .orElseThrow(() -> away("core/strategies"))
                        .standings(caller(session))
                        .stream()
                        .map(each -> row(each, uses))
                        .toList());
    }

    @Descriptor("Installed plugins: version, state, what they offer")
    public String plugins(CommandSession session) {
        return TextTable.render(
                List.of("PLUGIN", "VERSION", "STATE", "OFFERS", "WHY"),
                consoleServices.plugins().orElseThrow(() -> away("core/plugins")).plugins(caller(session)).stream()
                        .map(SmoCommands::row)
                        .toList());
    }

    @Descriptor("All graphs: phase, services, strategies that decided last, replicas set by hand")
    public String graphs(CommandSession session) {
        GraphService graphs = consoleServices.graphs().orElseThrow(() -> away("core/engine"));
        EffectiveStrategies strategies = new EffectiveStrategies(consoleServices, caller(session));
        return TextTable.render(
                List.of("GRAPH", "PHASE", "SERVICES", "PLACEMENT", "SCALING", "HELD"),
                graphs.projects(caller(session)).keySet().stream()
                        .flatMap(project ->
                                graphs.names(project, caller(session)).stream().map(name -> new GraphId(project, name)))
                        .flatMap(graph ->
                                graphs.find(graph, caller(session)).map(each -> row(each, strategies)).stream())
                        .toList());
    }

    @Descriptor("Why a service runs where it runs")
    public String explain(
            CommandSession session,
            @Descriptor("project") String project,
            @Descriptor("graph") String graph,
            @Descriptor("service") String service) {
        GraphId id = new GraphId(project, graph);
        Optional<String> decision = consoleServices
                .graphs()
                .orElseThrow(() -> away("core/engine"))
                .find(id, caller(session))
                .orElseThrow(() -> SmoException.notFound("Unknown graph " + id))
                .item()
                .decisionId();
        DecisionService decisions = consoleServices.decisions().orElseThrow(() -> away("core/journal"));
        return decision.map(inForce -> decisions.explain(id, inForce, service, caller(session)))
                .orElseGet(() -> decisions.explainAttempt(id, service, caller(session)))
                .map(SmoCommands::text)
                .orElseThrow(() -> SmoException.notFound("%s of %s has no entry for %s"
                        .formatted(
                                decision.map(inForce -> "Decision " + inForce).orElse("No attempt"), id, service)));
    }

    /** @param file path on the server; the file is copied and remains */
    @Descriptor("Replaces the installed versions by the one in a file, and waits for the end")
    public String swap(
            CommandSession session,
            @Descriptor("id of the plugin") String id,
            @Descriptor("jar, on the server") String file)
            throws IOException {
        Path jar = Path.of(file);
        if (!Files.isRegularFile(jar)) {
            throw SmoException.notFound("File %s does not exist on the server".formatted(jar.toAbsolutePath()));
        }
        var plugins = consoleServices.plugins().orElseThrow(() -> away("core/plugins"));
        Path copy = Files.createTempFile(temporary, "swap-", ".upload");
        Files.copy(jar, copy, StandardCopyOption.REPLACE_EXISTING);
        Operation begun = plugins.upgrade(id, copy, String.valueOf(jar.getFileName()), false, caller(session));
        Operation ended = consoleServices
                .operations()
                .map(operations -> operations.await(begun.id(), SWAP_TIME, caller(session)))
                .orElse(begun);
        return "%s %s %s%s%n%s"
                .formatted(
                        ended.id(),
                        lower(ended.state()),
                        ended.error().map(fault -> ": " + fault.message()).orElse(""),
                        ended.message().isEmpty() ? "" : " – " + ended.message(),
                        plugins(session));
    }

    /** The user of the page for commands; internal in the process's shell, whose user controls the server anyway. */
    private static CallContext caller(CommandSession session) {
        return session.get(CallContext.PROPERTY) instanceof CallContext call ? call : CallContext.INTERNAL;
    }

    private static List<String> row(StrategyStatus each, StrategyUses uses) {
        return List.of(
                each.ref().kind(),
                each.ref().id(),
                each.ref().version(),
                lower(each.state()),
                Long.toString(each.decisions()),
                Long.toString(each.faults()),
                Integer.toString(uses.find(each.ref()).size()),
                each.why());
    }

    private static List<String> row(Plugin each) {
        return List.of(
                each.id(),
                each.version(),
                lower(each.state()),
                each.services().stream()
                        .map(service -> (service.kind() + " " + service.name()).strip())
                        .collect(Collectors.joining(", ")),
                each.why());
    }

    private static List<String> row(GraphView each, EffectiveStrategies strategies) {
        return List.of(
                each.graph().id().toString(),
                lower(each.phase()),
                Integer.toString(each.services().size()),
                strategies.placement(each),
                strategies.scaling(each),
                HoldTexts.text(each));
    }

    private static String text(JsonObject explanation) {
        return explanation
                .get("text")
                .flatMap(JsonValue::asArray)
                .map(lines ->
                        lines.stream().flatMap(line -> line.asString().stream()).collect(Collectors.joining("\n")))
                .orElseGet(explanation::toJson);
    }

    private static String lower(Enum<?> word) {
        return word.name().toLowerCase(Locale.ROOT);
    }

    private static SmoException away(String room) {
        return SmoException.of(SmoException.Kind.UNAVAILABLE, "smo", room + " is unavailable now", Optional.empty());
    }
}
