// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.inject.Inject;
import org.apache.felix.service.command.CommandProcessor;
import org.apache.felix.service.command.CommandSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.CoreOptions;
import org.ops4j.pax.exam.Option;
import org.osgi.framework.BundleContext;

/**
 * The consoles in a container: who gets in, what they show, what they do. Public, because Pax Exam looks for public
 * methods.
 */
@ExtendWith(PaxExamExtension.class)
public class ConsoleIT {

    private static final String CONSOLE = "/system/console";
    private static final String PAGE = CONSOLE + "/smo";
    private static final long PATIENCE_SECONDS = 60;
    private static final Pattern TOKEN = Pattern.compile("name=\"token\" value=\"([0-9a-f]{64})\"");

    @Inject
    private BundleContext context;

    @Inject
    private CommandProcessor shell;

    @Configuration
    static Option[] options() {
        Option[] profile = ContainerOptions.profile("sim", Map.of());
        Option[] all = Arrays.copyOf(profile, profile.length + 1);
        all[profile.length] = CoreOptions.frameworkProperty("smo.home").value(Distribution.HOME.toString());
        return all;
    }

    @Test
    public void onlyTheAdministratorComesInAndOnlyFromHere() throws Exception {
        RestClient client = client();
        for (String path : new String[] {CONSOLE, PAGE, CONSOLE + "/bundles", CONSOLE + "/res/ui/webconsole.css"}) {
            assertThat(client.get(path).status()).as(path).isEqualTo(401);
            assertThat(client.call("GET", path, "", "Authorization", basic("admin", "admin"))
                            .status())
                    .as(path)
                    .isEqualTo(401);
            assertThat(client.call("GET", path, "", "Authorization", admin(), "Origin", "http://elsewhere.example")
                            .status())
                    .as(path)
                    .isEqualTo(403);
        }
        assertThat(client.get(PAGE).headers().firstValue("WWW-Authenticate").orElse(""))
                .startsWith("Basic ");
        assertThat(statusForHost("elsewhere.example")).contains(" 403 ");
        RestClient.Answer page = page("");
        assertThat(page.mediaType()).isEqualTo("text/html");
        assertThat(page.headers().firstValue("X-Frame-Options")).contains("DENY");
        assertThat(awake("/smo/res/smo.css").text()).contains(".smo-note");
        assertThat(awake("/bundles").text()).contains("eu.nephele.smo.ops.console");
    }

    @Test
    public void thePageShowsWhatDecides() throws Exception {
        assertThat(page("").text())
                .contains("Plugins", "Strategies, objectives, intents", "Shadows")
                .contains("first-fit", "optimal", "eu.nephele.smo.placement.greedy")
                .doesNotContain("class=\"smo-away\"");
    }

    @Test
    public void aFormWithoutItsTokenDoesNothing() throws Exception {
        page("");
        String form = "action=eject&kind=placement&id=greedy&version=x&why=because";
        RestClient.Answer refused = form(PAGE, form);
        assertThat(refused.status()).as(refused.text()).isEqualTo(403);
        assertThat(page("").text()).doesNotContain("because");
    }

    @Test
    public void aFileThatIsUploadedOnThePageIsAPluginAndTheShellSwapsIt() throws Exception {
        String id = "org.example.console";
        Path first = TemplatePlugin.jar(id, "1.0.0");
        RestClient.Answer answer = upload(first);
        assertThat(answer.status()).as(answer.text()).isEqualTo(303);
        String operation = answer.headers().firstValue("Location").orElseThrow();
        assertThat(operation).contains("?operation=");
        String query = operation.substring(operation.indexOf('?'));
        assertThat(ended(query)).contains("succeeded");
        assertThat(page("").text()).contains(id, "1.0.0", "placement " + id);
        assertThat(page("?plugin=" + id).text()).contains("SHA-256", "imports", "Upgrade");
        assertThat(run("smo:plugins")).contains(id).contains("1.0.0").contains("active");
        assertThat(run("smo:strategies")).contains(id);

        Path second = TemplatePlugin.jar(id, "1.1.0");
        assertThat(run("smo:swap " + id + " " + second)).contains("succeeded").contains("1.1.0");
        assertThat(run("smo:plugins")).contains("1.1.0").doesNotContain("1.0.0");
        assertThat(second).exists();
        try (Stream<Path> files = Files.list(Path.of(context.getProperty("smo.data"), "tmp"))) {
            assertThat(files.filter(file -> file.getFileName().toString().endsWith(".upload")))
                    .as("uploads that nobody has taken")
                    .isEmpty();
        }
    }

    @Test
    public void theShellShowsAndExplainsGraphs() throws Exception {
        RestClient client = client();
        Sample sample = Sample.named("minimal.yaml");
        RestClient.Answer deployed = client.postJson("/project/shell/graphs", sample.as("application/json"));
        assertThat(deployed.status()).as(deployed.text()).isEqualTo(202);
        String service = sample.descriptor().at("/hdaGraph/services/0/id").asText();
        assertThat(run("smo:graphs")).contains("shell/" + sample.graph());
        assertThat(run("smo:explain shell " + sample.graph() + " " + service))
                .contains(service)
                .contains("is placed on");
        assertThatThrownBy(() -> run("smo:explain shell none " + service))
                .hasMessageContaining("Unknown graph shell/none");

        String token = token();
        RestClient.Answer answer = form(CONSOLE + "/smo-commands", "token=" + token + "&line=graphs");
        assertThat(answer.status()).as(answer.text()).isEqualTo(303);
        String location = answer.headers().firstValue("Location").orElseThrow();
        assertThat(client.call("GET", location, "", "Authorization", admin()).text())
                .contains("shell/" + sample.graph());
    }

    private String run(String line) throws Exception {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        PrintStream printer = new PrintStream(output, true, StandardCharsets.UTF_8);
        try (CommandSession session = shell.createSession(new ByteArrayInputStream(new byte[0]), printer, printer)) {
            Object result = session.execute(line);
            return output.toString(StandardCharsets.UTF_8) + result;
        }
    }

    private RestClient.Answer upload(Path file) throws Exception {
        String boundary = "----smo" + System.nanoTime();
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (String[] field : new String[][] {{"token", token()}, {"action", "install"}}) {
            body.writeBytes("--%s\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n"
                    .formatted(boundary, field[0], field[1])
                    .getBytes(StandardCharsets.UTF_8));
        }
        body.writeBytes(
                "--%s\r\nContent-Disposition: form-data; name=\"file\"; filename=\"%s\"\r\nContent-Type: application/java-archive\r\n\r\n"
                        .formatted(boundary, file.getFileName())
                        .getBytes(StandardCharsets.UTF_8));
        body.writeBytes(Files.readAllBytes(file));
        body.writeBytes("\r\n--%s--\r\n".formatted(boundary).getBytes(StandardCharsets.UTF_8));
        return post(PAGE, "multipart/form-data; boundary=" + boundary, body.toByteArray());
    }

    private RestClient.Answer form(String path, String body) throws Exception {
        return post(path, "application/x-www-form-urlencoded", body.getBytes(StandardCharsets.UTF_8));
    }

    private RestClient.Answer post(String path, String mediaType, byte[] body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
                .timeout(Duration.ofSeconds(PATIENCE_SECONDS))
                .header("Content-Type", mediaType)
                .header("Authorization", admin())
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        HttpResponse<String> answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        return new RestClient.Answer(answer.statusCode(), "", answer.body(), answer.headers());
    }

    /** What the page says of an operation, once that has ended. */
    private String ended(String query) throws Exception {
        return Eventually.within(
                PATIENCE_SECONDS,
                () -> {
                    String text = page(query).text();
                    int begin = Math.max(text.indexOf("smo-operation"), 0);
                    return text.substring(begin, Math.min(begin + 2_000, text.length()));
                },
                text -> assertThat(text).containsAnyOf("SUCCEEDED", "FAILED"));
    }

    private String token() throws Exception {
        Matcher token = TOKEN.matcher(page("").text());
        assertThat(token.find()).isTrue();
        return token.group(1);
    }

    private RestClient.Answer page(String query) throws Exception {
        return awake("/smo" + query);
    }

    /** The console sleeps until somebody comes, and sends them there until it is awake. */
    private RestClient.Answer awake(String path) throws Exception {
        RestClient client = client();
        return Eventually.within(
                PATIENCE_SECONDS, () -> client.call("GET", CONSOLE + path, "", "Authorization", admin()), answer -> {
                    answer.headers().firstValue("Location").ifPresent(again -> assertThat(again)
                            .isEqualTo(CONSOLE + path));
                    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
                });
    }

    private String statusForHost(String host) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port())) {
            socket.getOutputStream()
                    .write("GET %s HTTP/1.1\r\nHost: %s\r\nAuthorization: %s\r\nConnection: close\r\n\r\n"
                            .formatted(CONSOLE, host, admin())
                            .getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return answer.lines().findFirst().orElse("");
        }
    }

    private RestClient client() throws Exception {
        RestClient client = RestClient.unchecked(port());
        Eventually.within(PATIENCE_SECONDS, () -> client.get("/health/ready"), ready -> assertThat(ready.status())
                .as(ready.text())
                .isEqualTo(200));
        return client;
    }

    private int port() {
        return Integer.parseInt(context.getProperty("smo.port"));
    }

    private String admin() throws IOException {
        Path file = Path.of(context.getProperty("smo.data"), "etc", "admin.token");
        return basic("admin", Files.readString(file).strip());
    }

    private static String basic(String user, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }
}
