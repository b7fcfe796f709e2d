// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.haproxy;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Configuration of one HAProxy. */
@ObjectClassDefinition(
        name = "SMO HAProxy",
        description =
                "One HAProxy that distributes the requests to services on plain servers: its sockets, its file, its listeners.")
@interface HaproxyConfig {

    @AttributeDefinition(
            description = "Name of the balancer, in failures, metrics and limits; each balancer has its own")
    String smo_system() default "haproxy";

    @AttributeDefinition(
            description =
                    "Runtime socket: an absolute path, or HOST:PORT. HAProxy is configured to have it there; at most 90 bytes")
    String runtimeSocket() default "/run/haproxy/admin.sock";

    @AttributeDefinition(
            description =
                    "Group of the system that may use the runtime socket, to which this server belongs; empty: only the user"
                            + " that HAProxy is started by")
    String socketGroup() default "";

    @AttributeDefinition(
            description =
                    "Socket of the master process (haproxy -W -S PATH), by which it is reloaded; empty: by pidFile")
    String masterSocket() default "/run/haproxy/master.sock";

    @AttributeDefinition(
            description =
                    "Without masterSocket: file with the number of the master process, which gets SIGUSR2. Empty: no reload")
    String pidFile() default "";

    @AttributeDefinition(
            description =
                    "Configuration file that this adapter alone writes; HAProxy is started with it. Its folder must be writable")
    String configurationFile() default "/etc/haproxy/smo/haproxy.cfg";

    @AttributeDefinition(
            description =
                    "Files that HAProxy is started with before configurationFile; they are checked together and never written")
    String[] otherFiles() default {};

    @AttributeDefinition(description = "The program, for checks of the configuration before it is used")
    String binary() default "/usr/sbin/haproxy";

    @AttributeDefinition(description = "Address on which services are reached: * for all, or an IPv4 or IPv6 address")
    String bindAddress() default "*";

    @AttributeDefinition(
            description = "Certificate with its key (PEM, absolute path) for services that speak HTTP; empty: no TLS")
    String certificate() default "";

    @AttributeDefinition(
            description = "Port of the statistics page and of /metrics for Prometheus; 0: none",
            min = "0",
            max = "65535")
    int statisticsPort() default 8404;

    @AttributeDefinition(description = "Address of the statistics page; it has no login")
    String statisticsAddress() default "127.0.0.1";

    @AttributeDefinition(description = "Connections at most", min = "1")
    int maxConnections() default 4096;

    @AttributeDefinition(
            description = "Requests that wait for a member at most, over all services; others are answered 503 at once",
            min = "0")
    int waitingRequests() default 1000;

    @AttributeDefinition(
            description =
                    "Seconds that a member may be drained at most, whatever a service asks for; also for a reload",
            min = "1")
    int longestDrainSeconds() default 600;

    @AttributeDefinition(description = "How long an answer of a socket may take", min = "1")
    int timeoutMillis() default 3000;

    @AttributeDefinition(description = "How long a reload, or a check of the file, may take", min = "1")
    int reloadSeconds() default 20;

    @AttributeDefinition(description = "Seconds between two samples of the load", min = "1")
    int sampleSeconds() default 5;

    @AttributeDefinition(
            description =
                    "Whether a new port is tried before a reload. Not where HAProxy has a network of its own, as in a container")
    boolean tryPorts() default true;
}
