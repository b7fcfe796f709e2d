// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import eu.nephele.smo.access.audit.AuditEndpoint;
import eu.nephele.smo.access.backup.BackupEndpoint;
import eu.nephele.smo.access.events.EventStreams;
import eu.nephele.smo.access.events.EventsEndpoint;
import eu.nephele.smo.access.events.SseReader;
import eu.nephele.smo.access.events.WebhooksEndpoint;
import eu.nephele.smo.access.fleet.FleetPlansEndpoint;
import eu.nephele.smo.access.http.Subsystem;
import eu.nephele.smo.access.http.UploadReceiver;
import eu.nephele.smo.access.http.json.OperationAnswers;
import eu.nephele.smo.access.identity.IdentitySubsystem;
import eu.nephele.smo.access.infrastructure.InfrastructureEndpoint;
import eu.nephele.smo.access.oidc.OidcSubsystem;
import eu.nephele.smo.access.oidc.login.LoginProvider;
import eu.nephele.smo.access.oidc.login.ProviderSessions;
import eu.nephele.smo.access.plugins.PluginsEndpoint;
import eu.nephele.smo.access.plugins.SignersEndpoint;
import eu.nephele.smo.access.rest.docs.ProductContract;
import eu.nephele.smo.access.rest.http.AnybodysGate;
import eu.nephele.smo.access.rest.subsystem.SubsystemRegistry;
import eu.nephele.smo.access.shadow.ReplaysEndpoint;
import eu.nephele.smo.access.shadow.SensitivityEndpoint;
import eu.nephele.smo.access.shadow.ShadowsEndpoint;
import eu.nephele.smo.access.strategies.DefaultsEndpoint;
import eu.nephele.smo.access.strategies.IntentsEndpoint;
import eu.nephele.smo.access.strategies.ObjectivesEndpoint;
import eu.nephele.smo.access.strategies.SchemasEndpoint;
import eu.nephele.smo.access.strategies.StrategiesEndpoint;
import eu.nephele.smo.core.contract.access.AccessControl;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.glassfish.jersey.server.ResourceConfig;

/** The real resources behind a real HTTP server, with the core in memory. Every answer is checked against the contract. */
final class Api implements AutoCloseable {

    /** Streams of events that are served at once. */
    static final int MAX_STREAMS = 2;

    /** Calls that wait at once. */
    static final int MAX_WAITS = 2;

    /** Larger than any other body that is read. */
    static final int MAX_UPLOAD_BYTES = 200 * 1024;

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final Contract CONTRACT = Contract.ofProduct();

    /** Says of every resource that is an object, not a class, that it is no provider. Kept, since loggers are held weakly. */
    private static final Logger JERSEY = Logger.getLogger("org.glassfish.jersey");

    static {
        JERSEY.setLevel(Level.SEVERE);
    }

    final InMemoryGraphs graphs = new InMemoryGraphs();
    final InMemoryEngine engine = new InMemoryEngine(graphs);
    final InMemoryCore core = new InMemoryCore();
    final InMemoryResources resources = new InMemoryResources(graphs.operations);
    final InMemoryCoreServices inMemoryCoreServices = new InMemoryCoreServices(graphs, engine, core, resources);
    final InMemoryOutside outside = new InMemoryOutside();
    final InMemoryEvents events = new InMemoryEvents();
    final InMemoryPlatform platform = new InMemoryPlatform(graphs.operations);
    final DrivenInfrastructure infrastructure =
            new DrivenInfrastructure(resources, graphs.operations, outside.providers);
    /** None, until a test has some. */
    volatile List<LoginProvider> providers = List.of();

    private final EventStreams streams;
    final List<Subsystem> installed;
    final InMemoryAccess access = new InMemoryAccess();
    final SubsystemRegistry subsystems = new SubsystemRegistry();
    private final SmoApplication application;
    private final ServletServer server;

    Api() {
        this(64 * 1024);
    }

    /** @param joined resources of other bundles, which the contract says nothing of */
    Api(int maxBodyBytes, Object... joined) {
        inMemoryCoreServices.runtime = Optional.of(infrastructure);
        UploadReceiver uploads = new UploadReceiver(platform.arrivals, MAX_UPLOAD_BYTES);
        streams = new EventStreams(events.log(), events.instance(), events::logNow, call -> Optional.of(""));
        installed = subsystems();
        installed.forEach(subsystems::addSubsystem);
        application = new SmoApplication(
                new SmoApplication.ApplicationLimits(
                        maxBodyBytes,
                        Duration.ofMillis(300),
                        new SmoApplication.StreamPlaces(MAX_STREAMS, MAX_STREAMS),
                        MAX_WAITS,
                        uploads),
                inMemoryCoreServices,
                outside,
                platform,
                subsystems,
                ProductContract.joined(),
                new SmoApplication.Trust(access, isOurs(joined)));
        server = new ServletServer(ResourceConfig.forApplication(application)
                .registerInstances(new AnybodysGate())
                .registerInstances(joined));
    }

    private static Predicate<Class<?>> isOurs(Object... joined) {
        Set<Class<?>> foreign = Stream.of(joined).map(Object::getClass).collect(Collectors.toSet());
        return type -> !foreign.contains(type);
    }

    /** As the bundles of the product have them. */
    private static Subsystem of(Map<String, Object> resources) {
        return () -> resources;
    }

    private Subsystem strategies() {
        return of(Map.of(
                "strategies",
                new StrategiesEndpoint(inMemoryCoreServices.catalog(), platform.control(), platform::controlNow),
                "objectives",
                new ObjectivesEndpoint(inMemoryCoreServices.catalog()),
                "defaults",
                new DefaultsEndpoint(inMemoryCoreServices.catalog(), platform.defaults()),
                "intents",
                new IntentsEndpoint(inMemoryCoreServices.catalog()),
                "schemas",
                new SchemasEndpoint(inMemoryCoreServices.reader())));
    }

    private Subsystem plugins() {
        return of(Map.of(
                "plugins",
                new PluginsEndpoint(
                        platform.plugins(),
                        platform::controlNow,
                        new OperationAnswers(inMemoryCoreServices.operations())),
                "signers",
                new SignersEndpoint(platform.signers)));
    }

    private Subsystem shadow() {
        return of(Map.of(
                "shadows",
                new ShadowsEndpoint(
                        platform.shadows(), inMemoryCoreServices.catalog(), inMemoryCoreServices.operations()),
                "replays",
                new ReplaysEndpoint(platform.replays(), Clock.systemUTC()),
                "sensitivity",
                new SensitivityEndpoint(platform.sensitivity())));
    }

    private Subsystem fleet() {
        return of(Map.of("fleet", new FleetPlansEndpoint(platform.fleetService())));
    }

    private Subsystem events() {
        return of(Map.of(
                "events", new EventsEndpoint(events.log(), events.instance(), streams),
                "webhooks", new WebhooksEndpoint(events.webhooks(), events.instance())));
    }

    private List<Subsystem> subsystems() {
        return List.of(
                infrastructure(),
                strategies(),
                plugins(),
                shadow(),
                fleet(),
                events(),
                identity(),
                providers(),
                audit(),
                backup());
    }

    private Subsystem audit() {
        return of(Map.of("audit", new AuditEndpoint(platform.auditService())));
    }

    private Subsystem backup() {
        return of(Map.of("backup", new BackupEndpoint(platform.backups)));
    }

    private Subsystem identity() {
        return of(IdentitySubsystem.resources(
                platform.identities(),
                platform.sessions(),
                () -> List.of("/api/v1/users", "/api/v1/shadows/*/promote")));
    }

    private Subsystem providers() {
        return of(OidcSubsystem.resources(new ProviderSessions(
                () -> providers, platform.sessions(), AccessControl.unrestricted(), Clock.systemUTC())));
    }

    private Subsystem infrastructure() {
        AccessControl access = AccessControl.unrestricted();
        return of(Map.of(
                "infrastructure",
                new InfrastructureEndpoint(
                        () -> outside.providers,
                        inMemoryCoreServices.resources(),
                        inMemoryCoreServices.operations(),
                        access.authorizer("The interface"))));
    }

    SmoApplication application() {
        return application;
    }

    record Answer(int status, HttpResponse<byte[]> response) {

        String text() {
            return new String(response.body(), StandardCharsets.UTF_8);
        }

        JsonNode json() {
            try {
                return JSON.readTree(response.body());
            } catch (IOException noJson) {
                throw new UncheckedIOException(text(), noJson);
            }
        }

        String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }

        String problem() {
            return json().path("type").asText().replace("urn:smo:problem:", "");
        }
    }

    Answer get(String path, String... headers) {
        return call("GET", path, BodyPublishers.noBody(), headers);
    }

    Answer delete(String path) {
        return call("DELETE", path, BodyPublishers.noBody());
    }

    Answer post(String path) {
        return call("POST", path, BodyPublishers.noBody());
    }

    Answer post(String path, String json) {
        return call("POST", path, BodyPublishers.ofString(json), "Content-Type", "application/json");
    }

    Answer put(String path, String json) {
        return call("PUT", path, BodyPublishers.ofString(json), "Content-Type", "application/json");
    }

    Answer patch(String path, String json) {
        return call("PATCH", path, BodyPublishers.ofString(json), "Content-Type", "application/json");
    }

    /** With a key that makes a repetition harmless. */
    Answer post(String path, String json, String key) {
        return call(
                "POST",
                path,
                BodyPublishers.ofString(json),
                "Content-Type",
                "application/json",
                "Idempotency-Key",
                key);
    }

    Answer call(String method, String path, BodyPublisher body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .method(method, body);
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            HttpResponse<byte[]> response = CLIENT.send(request.build(), BodyHandlers.ofByteArray());
            CONTRACT.check(
                    method,
                    path,
                    response.statusCode(),
                    response.headers().firstValue("Content-Type").orElse(""),
                    response.body());
            return new Answer(response.statusCode(), response);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        } catch (InterruptedException ended) {
            throw new IllegalStateException(ended);
        }
    }

    /** A stream of events, to be closed with its body; the contract says nothing of what comes in it. */
    HttpResponse<InputStream> openStream() {
        return SseReader.response(URI.create("http://127.0.0.1:%d/api/v1/events/stream".formatted(server.port())), "");
    }

    int port() {
        return server.port();
    }

    @Override
    public void close() {
        application.close();
        streams.close();
        server.close();
        platform.close();
    }
}
