// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testbed;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.lab.testbed.players.ObjectKinds;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;

/**
 * Plays the aggregated API server of Karmada, behind the API server of the control plane. It answers for Cluster
 * objects, which it stores there under another group, and for {@code clusters/NAME/proxy}, where the member is called in the
 * name of the caller. The API server has authorized the caller before. Each connection carries one request, whose bytes are
 * forwarded as they come: watches, web sockets and all.
 */
final class ClusterApi implements AutoCloseable {

    private static final String NAME = "cluster.karmada.io";
    private static final String GROUP = "/apis/" + NAME + "/v1alpha1";
    private static final String CLUSTERS = GROUP + "/clusters/";
    private static final String PROXY = "/proxy";
    private static final int BUFFER = 16 * 1024;
    private static final List<String> NOT_PASSED =
            List.of("Host", "Authorization", "Impersonate-User", "Impersonate-Group", "Accept-Encoding");
    // in this order, as the real one: clients take the first of a kind
    private static final List<ServedCluster> SERVED = List.of(
            new ServedCluster(
                    "clusters",
                    "Cluster",
                    List.of("create", "delete", "deletecollection", "get", "list", "patch", "update", "watch")),
            new ServedCluster(
                    "clusters/proxy", "ClusterProxyOptions", List.of("create", "delete", "get", "patch", "update")),
            new ServedCluster("clusters/status", "Cluster", List.of("get", "patch", "update")));

    private final ClusterBackend host;
    private final Map<String, ClusterBackend> members;
    private final Set<String> expired = ConcurrentHashMap.newKeySet();
    private final ServerSocket server;
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "testbed-clusters");
        thread.setDaemon(true);
        return thread;
    });

    private record ServedCluster(String name, String kind, List<String> verbs) {}

    ClusterApi(SSLContext tls, ClusterBackend host, Map<String, ClusterBackend> members) throws IOException {
        this.host = host;
        this.members = Map.copyOf(members);
        server = tls.getServerSocketFactory().createServerSocket(0, 0, InetAddress.getLoopbackAddress());
        threads.execute(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    /** Sets whether a member still accepts the credentials of Karmada. */
    void setTokenValid(String member, boolean valid) {
        if (valid) {
            expired.remove(member);
        } else {
            expired.add(member);
        }
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket caller = server.accept();
                threads.execute(() -> serve(caller));
            } catch (IOException e) {
                if (!server.isClosed()) {
                    System.err.println("testbed: clusters: " + e.getMessage());
                }
            }
        }
    }

    private void serve(Socket caller) {
        try (caller) {
            answer(RequestHead.read(caller.getInputStream()), caller);
        } catch (IOException e) {
            // the caller or the called server has gone: the end of the connection says so
            return;
        }
    }

    private void answer(RequestHead head, Socket caller) throws IOException {
        String target = head.target();
        String path = target.replaceFirst("\\?.*", "");
        int proxy = path.startsWith(CLUSTERS) ? path.indexOf(PROXY, CLUSTERS.length()) : -1;
        if (proxy > 0) {
            String rest = target.substring(proxy + PROXY.length());
            askMember(
                    head.to(rest.startsWith("/") ? rest : "/" + rest),
                    path.substring(CLUSTERS.length(), proxy),
                    caller);
        } else if (path.equals(GROUP)) {
            send(caller, "200 OK", kinds());
        } else if (path.startsWith(GROUP)) {
            askHost(head, caller);
        } else {
            send(caller, "404 Not Found", refusal(404, "NotFound", "nothing is served at " + path));
        }
    }

    /** As the real one: as if the caller had called the member itself, whose own rules then decide. */
    private void askMember(RequestHead head, String name, Socket caller) throws IOException {
        ClusterBackend member = members.get(name);
        if (member == null) {
            String message = "clusters.%s \"%s\" not found".formatted(NAME, name);
            send(caller, "404 Not Found", refusal(404, "NotFound", message));
            return;
        }
        Socket asked;
        try {
            asked = member.connect();
        } catch (IOException e) {
            // as the real one, which has no error of its own for this: the text of its connection
            String message = "dial tcp %s: connect: %s"
                    .formatted(
                            member.url().getAuthority(),
                            String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT));
            send(caller, "500 Internal Server Error", refusal(500, "", message));
            return;
        }
        try (asked) {
            asked.getOutputStream()
                    .write(passed(head, expired.contains(name) ? member.withToken("expired") : member)
                            .renamed("X-Remote-User", "Impersonate-User")
                            .renamed("X-Remote-Group", "Impersonate-Group")
                            .bytes());
            exchange(caller, asked, asked.getOutputStream(), caller.getOutputStream());
        }
    }

    private void askHost(RequestHead head, Socket caller) throws IOException {
        try (Socket asked = host.connect()) {
            RequestHead own = passed(head, host).to(head.target().replace(NAME, ObjectKinds.CLUSTER_STORE));
            asked.getOutputStream().write(own.bytes());
            exchange(
                    caller,
                    asked,
                    new RenamingStream(asked.getOutputStream(), NAME, ObjectKinds.CLUSTER_STORE),
                    new RenamingStream(caller.getOutputStream(), ObjectKinds.CLUSTER_STORE, NAME));
        }
    }

    private static RequestHead passed(RequestHead head, ClusterBackend to) {
        RequestHead passed = head.without(NOT_PASSED)
                .with("Host: " + to.url().getAuthority())
                .with(to.authorization());
        return head.has("Upgrade")
                ? passed
                : passed.without(List.of("Connection")).with("Connection: close");
    }

    /** Copies both ways until one side ends. */
    private void exchange(Socket caller, Socket asked, OutputStream toAsked, OutputStream toCaller) throws IOException {
        threads.execute(() -> {
            try (asked) {
                pump(caller.getInputStream(), toAsked);
            } catch (IOException e) {
                return; // the other direction has ended
            }
        });
        try (toCaller) {
            pump(asked.getInputStream(), toCaller);
        }
    }

    private static void pump(InputStream in, OutputStream out) throws IOException {
        byte[] buffer = new byte[BUFFER];
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            out.write(buffer, 0, read);
            out.flush();
        }
    }

    private static ObjectNode kinds() {
        ObjectNode list = new JsonMapper().createObjectNode().put("kind", "APIResourceList");
        list.put("apiVersion", "v1").put("groupVersion", NAME + "/v1alpha1");
        ArrayNode resources = list.putArray("resources");
        for (ServedCluster served : SERVED) {
            ObjectNode resource =
                    resources.addObject().put("name", served.name()).put("singularName", "");
            resource.put("namespaced", false).put("kind", served.kind());
            ArrayNode verbs = resource.putArray("verbs");
            served.verbs().forEach(verbs::add);
        }
        return list;
    }

    private static ObjectNode refusal(int code, String reason, String message) {
        ObjectNode status =
                new JsonMapper().createObjectNode().put("kind", "Status").put("apiVersion", "v1");
        return status.put("status", "Failure")
                .put("message", message)
                .put("reason", reason)
                .put("code", code);
    }

    private static void send(Socket caller, String status, ObjectNode answer) throws IOException {
        byte[] body = answer.toString().getBytes(StandardCharsets.UTF_8);
        String head = "HTTP/1.1 %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\nConnection: close\r\n\r\n"
                .formatted(status, body.length);
        try (OutputStream out = caller.getOutputStream()) {
            out.write(head.getBytes(StandardCharsets.US_ASCII));
            out.write(body);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        threads.shutdownNow();
    }
}
