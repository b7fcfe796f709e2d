// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.lab.testbed.apiserver.PlayedApiServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Secrets are planted wherever a server takes one, rightly as references and wrongly as texts, and used in calls that succeed, that are
 * refused, and that are repeated by the other side. Afterwards none is in anything that the server has written, sent or answered: its
 * log at level debug, its output, its answers to all reads, its console, events, audit, traces, metrics, the archives of diagnosis and
 * backup, its database and the rest of its data directory, and the arguments and variables of its processes.
 */
class MarkerSecretsIT {

    private static final long PATIENCE_SECONDS = 90;
    private static final String SECURITY = "eu.nephele.smo.access.security";
    private static final String GRAFANA = "eu.nephele.smo.adapters.grafana";
    private static final String PROMETHEUS = "eu.nephele.smo.adapters.prometheus~main";
    private static final String WRONG = "eu.nephele.smo.adapters.prometheus~wrong";
    private static final String OCI = "eu.nephele.smo.adapters.oci";
    private static final String CONTEXTS = "eu.nephele.smo.adapters.karmada.contexts~edge";
    private static final String KARMADA = "eu.nephele.smo.adapters.karmada~main";
    private static final String OIDC = "eu.nephele.smo.access.oidc~corp";
    private static final String TRACING = "eu.nephele.smo.ops.tracing";
    private static final String WEBHOOKS = "eu.nephele.smo.core.events.webhooks";
    private static final String STORE = "eu.nephele.smo.core.store";

    private final PlantedSecrets secrets = new PlantedSecrets();
    private final int port = Distribution.freePort();
    private final RestClient client = new RestClient(port);
    private final Path folder = Distribution.freshFolder("markers");
    private final Map<String, String> environment = new HashMap<>();
    /** Where a secret belongs, and nowhere else: files that the test has written, and the token that the server makes. */
    private final Set<Path> homes = new HashSet<>();

    private final List<String> found = new ArrayList<>();

    private String filed(Settings settings, String place) throws IOException {
        return filed(settings, "secrets", place);
    }

    private String filed(Settings settings, String folder, String place) throws IOException {
        String name = place.replaceAll("\\W+", "-");
        Path file = Files.createDirectories(settings.data().resolve(folder)).resolve(name);
        Files.writeString(file, secrets.plant(place) + "\n");
        homes.add(file);
        return "file:%s/%s".formatted(folder, name);
    }

    private String variable(String name, String place) {
        environment.put(name, secrets.plant(place));
        return "env:" + name;
    }

    private Settings debugging(Settings settings) throws IOException {
        String installed = Files.readString(Distribution.HOME.resolve("etc/logback.xml"));
        String debug = installed.replace("<root level=\"INFO\">", "<root level=\"DEBUG\">");
        assertThat(debug).isNotEqualTo(installed);
        return settings.file("etc/logback.xml", debug);
    }

    private ServerProcess start(Settings settings, String profile) throws IOException {
        ServerProcess server = ServerProcess.start(
                QuickStart.flags(),
                environment,
                List.of(
                        "--json",
                        "--profile",
                        profile,
                        "--port",
                        Integer.toString(port),
                        "--data",
                        settings.data().toString()));
        server.awaitEvent("ready");
        return server;
    }

    private String admin(Settings settings) throws IOException {
        Path file = settings.data().resolve("etc/admin.token");
        homes.add(file);
        return secrets.planted(
                "the administrator's token", Files.readString(file).strip());
    }

    @Test
    void noneOfAServerWithUsersWebhooksAndAnEmbeddedDatabase() throws Exception {
        try (RepeatingSystem provider = new RepeatingSystem(401);
                RepeatingSystem receiver = new RepeatingSystem(500);
                OtlpReceiver traces = new OtlpReceiver()) {
            provider.describeProvider();
            Settings settings = debugging(Settings.fresh().world(new int[] {8, 8}));
            settings.with(SECURITY, "alertsSecret=" + filed(settings, "alertsSecret"))
                    .with(
                            OIDC,
                            "issuer=" + provider.url(),
                            "clientId=smo",
                            "clientSecret=" + variable("SMO_TEST_CLIENT", "the OIDC client, a variable"))
                    .with(TRACING, "endpoint=" + traces.endpoint(), "exportIntervalMillis=200")
                    .with(WEBHOOKS, "allowedTargets=127.0.0.1", "firstBackoffMillis=200");
            environment.put("SMO_WEBHOOK_SHOP", secrets.plant("a webhook, a variable"));
            String token;
            try (ServerProcess server = start(settings, "sim")) {
                token = admin(settings);
                people(token);
                webhooks(settings, token, receiver);
                deployments(token);
                refusals(token);
                loginByProvider(provider);
                ConsolePages console = new ConsolePages(port, token);
                consoleChanges(console, settings.data());
                Eventually.within(PATIENCE_SECONDS, receiver::received, all -> assertThat(all)
                        .hasSizeGreaterThan(4));
                searchRunning(settings, server, token, console);
                search("what traces tell", traces.spans().toString());
                receiver.received().forEach(call -> search("what a webhook was sent", call));
                stop(server);
            }
            // once more: what is read and written at a start
            try (ServerProcess server = start(settings, "sim")) {
                Eventually.within(
                        PATIENCE_SECONDS,
                        () -> client.get("/api/v1/projects/shop/graphs/till"),
                        answer -> assertThat(answer.status()).isEqualTo(200));
                stop(server);
            }
            searchFiles(settings.data());
        }
        assertThat(found).isEmpty();
    }

    /** Users, sessions and keys, that are made, used, and wrong. */
    private void people(String admin) throws Exception {
        String password = secrets.plant("the password of a user");
        as(admin, "POST", "/api/v1/users", "{\"name\":\"anna\",\"password\":\"%s\"}".formatted(password), 201);
        as(admin, "POST", "/api/v1/grants", "{\"subject\":\"anna\",\"role\":\"operator\"}", 201);
        RestClient.Answer session =
                client.call("POST", "/api/v1/sessions", "{\"user\":\"anna\",\"password\":\"%s\"}".formatted(password));
        assertThat(session.status()).as(session.text()).isEqualTo(201);
        String sessionToken =
                secrets.planted("a session", session.json().path("token").asText());
        as(sessionToken, "GET", "/api/v1/clusters", "", 200);
        client.call("GET", "/api/v1/clusters", "", "Authorization", basic("anna", password));
        String next = secrets.plant("a changed password");
        as(
                sessionToken,
                "PUT",
                "/api/v1/password",
                "{\"present\":\"%s\",\"password\":\"%s\"}".formatted(password, next),
                200,
                204);
        String key = secrets.planted(
                "an API key",
                as(admin, "POST", "/api/v1/keys", "{\"name\":\"pipeline\"}", 201)
                        .json()
                        .path("token")
                        .asText());
        as(key, "GET", "/api/v1/whoami", "", 200);
        client.call(
                "POST",
                "/api/v1/sessions",
                "{\"user\":\"anna\",\"password\":\"%s\"}".formatted(secrets.plant("a wrong password")));
        client.call(
                "POST",
                "/api/v1/sessions",
                "{\"user\":\"anna\",\"passwort\":\"%s\"}".formatted(secrets.plant("a misspelt member")));
        client.call(
                "POST",
                "/api/v1/sessions",
                "{\"user\":\"anna\",\"password\":\"%s".formatted(secrets.plant("half a body")));
        client.call("GET", "/api/v1/clusters", "", "Authorization", "Bearer " + secrets.plant("a wrong token"));
        client.call("GET", "/api/v1/clusters", "", "Authorization", "Basic " + secrets.plant("no base64"));
        client.call("GET", "/api/v1/clusters", "", "Authorization", secrets.plant("credentials without a scheme"));
        client.call("GET", "/api/v1/clusters", "", "Authorization", basic("anna", secrets.plant("wrong Basic")));
        client.call("GET", "/api/v1/clusters", "", "Cookie", "smo_session=" + secrets.plant("a wrong cookie"));
        client.call("GET", "/api/v1/clusters", "", "X-Api-Key", secrets.plant("a header that nobody reads"));
    }

    private void webhooks(Settings settings, String admin, RepeatingSystem receiver) throws Exception {
        for (String secret : List.of(
                secrets.plant("a webhook, as text"),
                filed(settings, "secrets/webhooks", "a webhook, a file"),
                "env:SMO_WEBHOOK_SHOP")) {
            as(
                    admin,
                    "POST",
                    "/api/v1/webhooks",
                    "{\"url\":\"%s/in\",\"secret\":\"%s\"}".formatted(receiver.url(), secret),
                    201);
        }
        String generated = as(admin, "POST", "/api/v1/webhooks", "{\"url\":\"%s/in\"}".formatted(receiver.url()), 201)
                .json()
                .path("secret")
                .asText();
        secrets.planted("a webhook, generated", generated);
        for (String wrong : List.of(
                "{\"url\":\"https://u:%s@hooks.example/in\"}".formatted(secrets.plant("the URL of a webhook")),
                "{\"url\":\"ftp://u:%s@hooks.example/in\"}".formatted(secrets.plant("a wrong URL of a webhook")),
                "{\"url\":\"%s/in\",\"secret\":\"file:/%s\"}"
                        .formatted(receiver.url(), secrets.plant("a webhook, no reference")),
                "{\"url\":\"%s/in\",\"sekret\":\"%s\"}"
                        .formatted(receiver.url(), secrets.plant("a misspelt member of a webhook")))) {
            as(admin, "POST", "/api/v1/webhooks", wrong, 400, 422);
        }
    }

    private void deployments(String admin) throws Exception {
        as(
                admin,
                "POST",
                "/api/v1/projects/shop/graphs",
                Descriptors.graph("till", Descriptors.service("scanner"), Descriptors.service("printer")),
                202);
        Eventually.within(
                PATIENCE_SECONDS,
                () -> as(admin, "GET", "/api/v1/projects/shop/graphs/till", "", 200)
                        .json()
                        .path("phase")
                        .asText(),
                phase -> assertThat(phase).isEqualTo("RUNNING"));
        as(
                admin,
                "POST",
                "/api/v1/shadows",
                "{\"kind\":\"placement\",\"candidate\":\"first-fit\"}",
                200,
                201,
                202,
                400,
                422);
    }

    /** Texts in places where none is expected; each is refused, and the refusal does not repeat it. */
    private void refusals(String admin) throws Exception {
        String graphs = "/api/v1/projects/shop/graphs";
        String service = Descriptors.service("scanner");
        as(
                admin,
                "POST",
                graphs,
                Descriptors.graph(
                        "a",
                        service.replace(
                                "\"id\":",
                                "\"password\":\"%s\",\"id\":"
                                        .formatted(secrets.plant("a field password of a descriptor")))),
                400,
                422);
        as(
                admin,
                "POST",
                graphs,
                Descriptors.graph(
                        "a",
                        service.replace(
                                "oci://registry.example",
                                "oci://u:%s@registry.example".formatted(secrets.plant("the URL of an image")))),
                202,
                400,
                422);
        client.call("POST", "/alerts", "[]", "Authorization", "Bearer " + secrets.plant("a wrong secret of alerts"));
        client.call("GET", graphs + "?token=" + secrets.plant("a parameter token"), "", bearer(admin));
        client.call("GET", graphs + "?limit=" + secrets.plant("a parameter of another kind"), "", bearer(admin));
        client.call("GET", "/clusters?access_token=" + secrets.plant("a parameter access_token"), "", bearer(admin));
        as(
                admin,
                "PUT",
                "/api/v1/defaults/password",
                "{\"value\":\"%s\"}".formatted(secrets.plant("the value of an unknown default")),
                400,
                404,
                422);
        as(
                admin,
                "POST",
                "/api/v1/users",
                "{\"name\":\"%s/x\",\"password\":\"%s\"}"
                        .formatted("bert", secrets.plant("the password of a refused user")),
                400,
                422);
        as(
                admin,
                "POST",
                "/api/v1/users",
                "{\"name\":\"bert\",\"password\":[\"%s\"]}".formatted(secrets.plant("a password in a list")),
                400,
                422);
    }

    private void loginByProvider(RepeatingSystem provider) throws Exception {
        HttpClient browser = HttpClient.newHttpClient();
        HttpResponse<String> begun = browser.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d/auth/login?provider=corp".formatted(port)))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        String location = begun.headers().firstValue("Location").orElse("");
        assertThat(location).as(begun.body()).startsWith(provider.url());
        String state = location.replaceFirst(".*[?&]state=([^&]+).*", "$1");
        HttpResponse<String> failed = browser.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d/auth/callback?code=%s&state=%s"
                                .formatted(port, secrets.plant("a code of the provider"), state)))
                        .header(
                                "Cookie",
                                begun.headers()
                                        .firstValue("Set-Cookie")
                                        .orElse("")
                                        .replaceFirst(";.*", ""))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        search("the answer to a login", failed.body() + failed.headers().map());
        assertThat(provider.received())
                .as("the provider was shown the secret of the client")
                .anyMatch(call -> call.startsWith("POST /token"));
    }

    /** Secrets that somebody enters on the console where references belong. */
    private void consoleChanges(ConsolePages console, Path data) throws Exception {
        console.awake();
        assertThat(console.change(GRAFANA, "password", secrets.plant("a password on the console")))
                .isLessThan(500);
        assertThat(console.change(GRAFANA, "token", secrets.plant("a token on the console")))
                .isLessThan(500);
        assertThat(console.change(OCI, "credentials", "a.example=u:" + secrets.plant("a login on the console")))
                .isLessThan(500);
        Eventually.within(PATIENCE_SECONDS, () -> Files.readString(data.resolve("log/smo.log")), log -> assertThat(log)
                .contains("configuration change refused configuration=" + GRAFANA)
                .contains("configuration change refused configuration=" + OCI));
    }

    /** What the page of a configuration sends back for secrets that it was not shown: they stay, and a mask is never stored. */
    private static void maskedEdits(ConsolePages console) throws Exception {
        assertThat(new String(console.page("/configMgr/" + WRONG), StandardCharsets.UTF_8))
                .contains("***@127.0.0.1:9");
        assertThat(console.change(WRONG, "system,url", "wrong", "http://***@127.0.0.1:9"))
                .isLessThan(400);
        assertThat(console.change(WRONG, "system,url", "wrong", "http://***@127.0.0.2:9"))
                .isEqualTo(400);
        assertThat(new String(console.page("/configMgr/" + WRONG), StandardCharsets.UTF_8))
                .contains("***@127.0.0.1:9");
    }

    @Test
    void noneOfAServerWithAdaptersAndAPostgresql() throws Exception {
        try (RepeatingSystem grafana = new RepeatingSystem(401);
                RepeatingSystem prometheus = new RepeatingSystem(503);
                RepeatingSystem karmada = new RepeatingSystem(401);
                ChartRegistry registry = new ChartRegistry("smo", secrets.plant("the login of a registry"));
                PlayedApiServer cluster = new PlayedApiServer()) {
            PlayedNode.add(cluster, "n1");
            Settings settings = debugging(Settings.fresh());
            Path login =
                    Files.createDirectories(settings.data().resolve("secrets")).resolve("registry");
            Files.writeString(login, secrets.all().get("the login of a registry"));
            Path database = settings.data().resolve("secrets/database");
            Files.writeString(database, secrets.plant("the database"));
            Path kubeconfig = settings.data().resolve("secrets/edge.kubeconfig");
            Files.writeString(
                    kubeconfig,
                    cluster.kubeconfig().replace("token: any", "token: " + secrets.plant("a kubeconfig of a cluster")));
            Path control = settings.data().resolve("secrets/karmada.kubeconfig");
            Files.writeString(
                    control,
                    cluster.kubeconfig()
                            .replaceAll("http://127.0.0.1:\\d+", karmada.url())
                            .replace("token: any", "token: " + secrets.plant("the kubeconfig of Karmada")));
            homes.addAll(List.of(login, database, kubeconfig, control));
            String postgres = Postgres.newSchema(folder.resolve("unused"));
            settings.with(
                            STORE,
                            postgres.replaceAll("passwordReference=.*", ""),
                            "passwordReference=file:secrets/database")
                    .with(GRAFANA, "url=" + grafana.url(), "username=smo", "password=" + filed(settings, "Grafana"))
                    .with(
                            PROMETHEUS,
                            "url=" + prometheus.url(),
                            "token=" + variable("SMO_TEST_PROMETHEUS", "Prometheus, a variable"))
                    .with(
                            OCI,
                            "plainHttp=" + registry.host(),
                            "credentials=%s\\=smo:file:secrets/registry".formatted(registry.host()))
                    .with(CONTEXTS, "contexts=edge\\=file:secrets/edge.kubeconfig#it")
                    .with(KARMADA, "kubeconfig=file:secrets/karmada.kubeconfig")
                    .with(
                            WRONG,
                            "system=wrong",
                            "url=http://u:%s@127.0.0.1:9".formatted(secrets.plant("the URL of Prometheus")))
                    .with(
                            "eu.nephele.smo.adapters.prometheus~plain",
                            "system=plain",
                            "url=http://127.0.0.1:9",
                            "token=" + secrets.plant("a token of Prometheus as text"))
                    .with(
                            "eu.nephele.smo.adapters.karmada~plain",
                            "kubeconfig=" + secrets.plant("a kubeconfig as text"))
                    .with(
                            "eu.nephele.smo.access.oidc~plain",
                            "issuer=http://127.0.0.1:9",
                            "clientId=smo",
                            "clientSecret=" + secrets.plant("the OIDC client as text"))
                    .with(
                            "eu.nephele.smo.access.oidc~scheme",
                            "issuer=http://u:%s@127.0.0.1:9".formatted(secrets.plant("the URL of an issuer")),
                            "clientId=smo",
                            "clientSecret=x:" + secrets.plant("the OIDC client with another scheme"))
                    .with("eu.nephele.smo.misspelt", "password=" + secrets.plant("a configuration of nobody"))
                    .with(
                            "eu.nephele.smo.adapters.prometheus~misspelt",
                            "system=misspelt",
                            "url=http://127.0.0.1:9",
                            "passwort=" + secrets.plant("a misspelt property"))
                    .with(SECURITY, "alertsSecret=" + secrets.plant("alertsSecret as text"));
            try (Stream<Path> files = Files.list(settings.data().resolve("etc"))) {
                homes.addAll(files.toList());
            }
            try (ServerProcess server = start(settings, "karmada")) {
                String token = admin(settings);
                String chart = "oci://%s/samples/small:1.0.0".formatted(registry.host());
                as(
                        token,
                        "POST",
                        "/api/v1/projects/shop/graphs",
                        Descriptors.graph("till", Descriptors.service("scanner"))
                                .replace("oci://registry.example/samples/any:1.0.0", chart),
                        202);
                as(
                        token,
                        "POST",
                        "/api/v1/projects/shop/graphs",
                        Descriptors.graph("away", Descriptors.service("missing"))
                                .replace(
                                        "oci://registry.example/samples/any:1.0.0",
                                        "oci://%s/samples/repeated:1.0.0".formatted(registry.host())),
                        202);
                client.call("POST", "/alerts", "[]", "Authorization", "Bearer x");
                Eventually.within(PATIENCE_SECONDS, registry::served, paths -> assertThat(paths)
                        .isNotEmpty());
                Eventually.within(PATIENCE_SECONDS, () -> children(server), children -> assertThat(children)
                        .as("the worker of Helm")
                        .isNotEmpty());
                Eventually.within(PATIENCE_SECONDS, grafana::received, calls -> assertThat(calls)
                        .anyMatch(call -> call.contains("Basic ")));
                Eventually.within(PATIENCE_SECONDS, registry::repeated, calls -> assertThat(calls)
                        .anyMatch(call -> call.contains("Basic ")));
                assertThat(karmada.received()).anyMatch(call -> call.contains("Bearer "));
                ConsolePages console = new ConsolePages(port, token);
                searchRunning(settings, server, token, console);
                maskedEdits(console);
                stop(server);
            }
            for (Path file : homes) {
                assertThat(Files.readString(file)).as("%s", file).doesNotContain("***");
            }
            searchFiles(settings.data());
        }
        assertThat(found).isEmpty();
    }

    /** Everything that can be asked of a server. */
    private void searchRunning(Settings settings, ServerProcess server, String token, ConsolePages console)
            throws Exception {
        Map<String, RestClient.Answer> answers = new EveryRead(client, token).answers();
        assertThat(answers.values().stream().filter(answer -> answer.status() == 200))
                .as("%s", answers.keySet())
                .hasSizeGreaterThan(40);
        for (Map.Entry<String, RestClient.Answer> answer : answers.entrySet()) {
            search(
                    "GET " + answer.getKey(),
                    answer.getValue().text() + answer.getValue().headers());
        }
        List<String> pids;
        try (Stream<Path> files = Files.list(settings.data().resolve("etc"))) {
            pids = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.matches("eu\\..*\\.(cfg|config)"))
                    .map(name -> name.replaceFirst("\\.(cfg|config)$", ""))
                    .toList();
        }
        Map<String, byte[]> pages = console.all(pids);
        assertThat(pages).hasSizeGreaterThan(20);
        for (Map.Entry<String, byte[]> page : pages.entrySet()) {
            found.addAll(secrets.in(page.getKey(), page.getValue()));
        }
        Path diagnosis = folder.resolve("diagnosis.zip");
        commandLine(
                server, "diagnose", "--port", Integer.toString(port), "--jfr", "2s", "--archive", diagnosis.toString());
        found.addAll(secrets.in("the archive of diagnosis", Files.readAllBytes(diagnosis)));
        Path backup = folder.resolve("backup-" + settings.data().getFileName());
        commandLine(
                server,
                "backup",
                backup.toString(),
                "--port",
                Integer.toString(port),
                "--token-file",
                settings.data().resolve("etc/admin.token").toString());
        // it has all tables, whatever the database makes of them in its files
        found.addAll(secrets.in("a backup", Files.readAllBytes(backup)));
        processes(server);
    }

    /** The server gets variables with secrets from the test; its children get none of them. */
    private void processes(ServerProcess server) throws IOException {
        Path own = Path.of("/proc", Long.toString(server.processId()));
        found.addAll(secrets.in("the arguments of the server", Files.readAllBytes(own.resolve("cmdline"))));
        int looked = 0;
        try (Stream<Path> threads = Files.list(own.resolve("task"))) {
            for (Path thread : threads.toList()) {
                Optional<byte[]> name = unlessItHasEnded(thread.resolve("comm"));
                if (name.isPresent()) {
                    found.addAll(secrets.in("the name of a thread", name.get()));
                    looked++;
                }
            }
        }
        assertThat(looked).isGreaterThan(10);
        for (ProcessHandle child : children(server)) {
            Path process = Path.of("/proc", Long.toString(child.pid()));
            for (String file : List.of("cmdline", "environ")) {
                String place = "%s of the child %s"
                        .formatted(file, child.info().command().orElse(""));
                Optional<byte[]> content = unlessItHasEnded(process.resolve(file));
                if (content.isPresent()) {
                    found.addAll(secrets.in(place, content.get()));
                }
            }
        }
    }

    /** A thread or a process may end between its listing and its reading. */
    private static Optional<byte[]> unlessItHasEnded(Path file) throws IOException {
        try {
            return Optional.of(Files.readAllBytes(file));
        } catch (IOException ended) {
            if (Files.exists(file.getParent())) {
                throw ended;
            }
            return Optional.empty();
        }
    }

    private static List<ProcessHandle> children(ServerProcess server) {
        return ProcessHandle.of(server.processId()).orElseThrow().descendants().toList();
    }

    private void stop(ServerProcess server) throws Exception {
        server.terminate();
        search("standard output", server.remainingOutput());
        assertThat(server.exitCode(PATIENCE_SECONDS)).isZero();
        search("standard error", server.errorText());
    }

    private void searchFiles(Path data) throws IOException {
        try (Stream<Path> files = Files.walk(data)) {
            for (Path file : files.filter(Files::isRegularFile)
                    .filter(file -> !homes.contains(file))
                    // the framework's own copy of the files in DATA/etc, with the same content
                    .filter(file -> !data.relativize(file).toString().matches("cache/bundle\\d+/data/config/.*"))
                    .toList()) {
                found.addAll(secrets.in(data.relativize(file).toString(), Files.readAllBytes(file)));
            }
        }
        assertThat(data.resolve("log/smo.log")).content().contains("\"level\":\"DEBUG\"");
    }

    private void search(String output, String text) {
        try {
            found.addAll(secrets.in(output, text));
        } catch (IOException impossible) {
            throw new AssertionError(impossible);
        }
    }

    /** Its answer is searched, too, unless it is the one that tells a new secret. */
    private RestClient.Answer as(String token, String method, String path, String body, Integer... statuses)
            throws Exception {
        RestClient.Answer answer = client.call(method, path, body, bearer(token));
        assertThat(answer.status()).as("%s %s: %s", method, path, answer.text()).isIn((Object[]) statuses);
        search("the answer to %s %s".formatted(method, path), answer.text() + answer.headers());
        return answer;
    }

    private static String[] bearer(String token) {
        return new String[] {"Authorization", "Bearer " + token};
    }

    private static String basic(String user, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    private static void commandLine(ServerProcess server, String... arguments) throws Exception {
        List<String> command =
                new ArrayList<>(List.of("bash", Distribution.HOME.resolve("smo").toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().removeAll(List.of("SMO_URL", "SMO_CA", "SMO_DATA", "JAVA_TOOL_OPTIONS"));
        builder.environment().put("HOME", server.userHome().toString());
        Path output = Distribution.freshFolder("output").resolve("text");
        Process process = builder.redirectOutput(output.toFile()).start();
        assertThat(process.waitFor(PATIENCE_SECONDS * 2, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(output)).isZero();
    }
}
