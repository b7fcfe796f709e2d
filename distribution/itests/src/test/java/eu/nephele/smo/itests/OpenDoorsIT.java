// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.inject.Inject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.osgi.framework.BundleContext;
import org.osgi.service.jakartars.runtime.JakartarsServiceRuntime;
import org.osgi.service.jakartars.runtime.dto.ApplicationDTO;
import org.osgi.service.jakartars.runtime.dto.ResourceMethodInfoDTO;
import org.osgi.service.jakartars.runtime.dto.RuntimeDTO;
import org.osgi.service.servlet.runtime.HttpServiceRuntime;
import org.osgi.service.servlet.runtime.dto.FilterDTO;
import org.osgi.service.servlet.runtime.dto.ServletContextDTO;

/**
 * Every way into the server is behind the gate: whatever is registered at the web server, by whomever. Public, because
 * Pax Exam looks for public methods.
 */
@ExtendWith(PaxExamExtension.class)
public class OpenDoorsIT {

    private static final long PATIENCE_SECONDS = 60;
    private static final String GATE = "smo-gate";
    private static final int FEWEST_PATHS = 100;

    private static final Pattern CONTRACT_PATH = Pattern.compile("(?m)^ {2}[\"']?(/[^:\"']*)[\"']?:");

    /** Probes that answer under any name. */
    private static final Set<String> OPEN = Set.of("/health", "/health/live", "/health/ready");

    @Inject
    private BundleContext context;

    @Inject
    private HttpServiceRuntime servlets;

    @Inject
    private JakartarsServiceRuntime resources;

    @Configuration
    static Option[] options() {
        return ContainerOptions.profile("sim", Map.of("eu.nephele.smo.lab.simulator.cfg", "startupDelayMillis=100\n"));
    }

    @Test
    public void everyPathIsBehindTheGateAndEveryPortIsTheServers() throws Exception {
        RestClient client = RestClient.unchecked(port());
        Eventually.within(PATIENCE_SECONDS, () -> client.get("/health/ready"), ready -> assertThat(ready.status())
                .as(ready.text())
                .isEqualTo(200));

        List<String> ungated = Arrays.stream(servlets.getRuntimeDTO().servletContextDTOs)
                .filter(served -> serves(served) && !hasGate(served))
                .map(served -> "context %s at '%s'".formatted(served.name, served.contextPath))
                .toList();
        assertThat(ungated).as("contexts without the gate").isEmpty();

        Set<String> paths = new TreeSet<>(servletPaths());
        paths.addAll(resourcePaths());
        paths.addAll(contractPaths(client.get("/openapi.yaml").text()));
        assertThat(paths)
                .hasSizeGreaterThan(FEWEST_PATHS)
                .contains("/metrics/door", "/system/console", "/api/v1/clusters", "/api/v1/plugins");
        List<String> open = new ArrayList<>();
        for (String path : paths) {
            String answer = asAStranger(path);
            boolean refused = answer.startsWith("HTTP/1.1 403") && answer.contains("is not one of this server's names");
            if (!refused && !OPEN.contains(path)) {
                open.add(path + ": " + answer.lines().findFirst().orElse(""));
            }
        }
        System.out.printf(
                "%d paths of %d contexts are behind the gate%n",
                paths.size(), servlets.getRuntimeDTO().servletContextDTOs.length);
        assertThat(open).as("paths that are served without the gate").isEmpty();

        assertThat(ListeningSockets.ports(ProcessHandle.current().pid()))
                .as("ports at which this process listens")
                .containsExactly(port());
    }

    private static boolean serves(ServletContextDTO served) {
        return served.servletDTOs.length > 0 || served.resourceDTOs.length > 0;
    }

    private static boolean hasGate(ServletContextDTO served) {
        return Arrays.stream(served.filterDTOs)
                .filter((FilterDTO filter) -> filter.name.equals(GATE))
                .anyMatch(filter -> List.of(filter.patterns).contains("/*"));
    }

    private List<String> servletPaths() {
        return Arrays.stream(servlets.getRuntimeDTO().servletContextDTOs)
                .flatMap(served -> Stream.concat(
                                Arrays.stream(served.servletDTOs).flatMap(servlet -> Arrays.stream(servlet.patterns)),
                                Arrays.stream(served.resourceDTOs).flatMap(file -> Arrays.stream(file.patterns)))
                        .map(pattern -> concrete(served.contextPath + "/" + pattern)))
                .toList();
    }

    private List<String> resourcePaths() {
        RuntimeDTO runtime = resources.getRuntimeDTO();
        return Stream.concat(Stream.ofNullable(runtime.defaultApplication), Arrays.stream(runtime.applicationDTOs))
                .flatMap((ApplicationDTO application) -> Stream.concat(
                                Arrays.stream(application.resourceMethods),
                                Arrays.stream(application.resourceDTOs)
                                        .flatMap(resource -> Arrays.stream(resource.resourceMethods)))
                        .map((ResourceMethodInfoDTO method) -> concrete(application.base + "/" + method.path)))
                .toList();
    }

    /** Resources that others lead to are not registered by themselves: the contract has them. */
    private static List<String> contractPaths(String contract) {
        return CONTRACT_PATH
                .matcher(contract)
                .results()
                .map(found -> concrete(found.group(1)))
                .toList();
    }

    /** A path that the pattern takes. */
    private static String concrete(String pattern) {
        String path = ("/" + pattern)
                .replaceAll("\\{[^}]*}", "door")
                .replace("*", "door")
                .replaceAll("/{2,}", "/");
        return path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    /** Whoever comes by a foreign name is refused by the gate, for every path. */
    private String asAStranger(String path) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port())) {
            socket.setSoTimeout((int) PATIENCE_SECONDS * 1_000);
            socket.getOutputStream()
                    .write("GET %s HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"
                            .formatted(path)
                            .getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private int port() {
        return Integer.parseInt(context.getProperty("smo.port"));
    }
}
