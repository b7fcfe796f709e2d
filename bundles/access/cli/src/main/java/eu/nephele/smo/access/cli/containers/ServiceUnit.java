// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.containers;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The SMO as a service of systemd, under a user of its own.
 *
 * @param installation with the script {@code smo}
 * @param data folder of the SMO, that systemd makes and gives to the user
 * @param user also the group
 * @param profile of the server
 * @param port of the server
 * @param writable further folders that the server writes to: that of the file of HAProxy
 */
record ServiceUnit(Path installation, Path data, String user, String profile, int port, List<Path> writable) {

    static final String NAME = "smo.service";
    static final String ENVIRONMENT = "etc/smo/smo.env";

    /** Empty for the service, or with another content than for others: ProtectHome, PrivateTmp. */
    private static final List<Path> HIDDEN = Stream.of("/home", "/root", "/run/user", "/tmp", "/var/tmp")
            .map(Path::of)
            .toList();

    ServiceUnit {
        writable = List.copyOf(writable);
    }

    /** Whether the service does not see that folder. */
    static boolean isHidden(Path folder) {
        return HIDDEN.stream().anyMatch(folder.normalize()::startsWith);
    }

    /** Text by path, relative to the root of the machine. */
    Map<String, String> files() {
        Map<String, String> files = new LinkedHashMap<>();
        files.put("etc/systemd/system/" + NAME, unit());
        files.put(
                "etc/sysusers.d/smo.conf",
                "u %s - \"Synergetic Meta-Orchestrator\" %s /usr/sbin/nologin%n".formatted(user, data));
        files.put("etc/tmpfiles.d/smo.conf", "d %s 0700 %s %s -%n".formatted(data, user, user));
        files.put(ENVIRONMENT, """
                # Secrets of the file of containers, NAME=VALUE; readable for root only. systemd gives them to the service.
                """);
        return files;
    }

    private String unit() {
        return """
                [Unit]
                Description=Synergetic Meta-Orchestrator
                Documentation=file://%1$s/docs/operate/containers-quick-reference.md
                Wants=network-online.target
                After=network-online.target haproxy.service
                StartLimitIntervalSec=300
                StartLimitBurst=5

                [Service]
                User=%3$s
                Group=%3$s
                EnvironmentFile=-/%6$s
                Environment=HOME=%2$s
                ExecStart=%1$s/smo server --no-restart --profile %4$s --port %5$d --data %2$s
                # 0: it was stopped; 1, 2, 64: a start would not help
                Restart=on-failure
                RestartPreventExitStatus=1 2 64
                RestartSec=2
                TimeoutStopSec=90
                # the end of Java after SIGTERM
                SuccessExitStatus=143
                WorkingDirectory=%2$s
                UMask=0077
                LimitNOFILE=65536
                NoNewPrivileges=yes
                CapabilityBoundingSet=
                AmbientCapabilities=
                ProtectSystem=strict
                ProtectHome=yes
                ReadWritePaths=%7$s
                PrivateTmp=yes
                PrivateDevices=yes
                ProtectClock=yes
                ProtectHostname=yes
                ProtectKernelLogs=yes
                ProtectKernelModules=yes
                ProtectKernelTunables=yes
                ProtectControlGroups=yes
                ProtectProc=invisible
                RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX
                RestrictNamespaces=yes
                RestrictRealtime=yes
                RestrictSUIDSGID=yes
                RemoveIPC=yes
                LockPersonality=yes
                SystemCallArchitectures=native

                [Install]
                WantedBy=multi-user.target
                """.formatted(
                        installation,
                        data,
                        user,
                        profile,
                        port,
                        ENVIRONMENT,
                        Stream.concat(Stream.of(data), writable.stream())
                                .map(Path::toString)
                                .collect(Collectors.joining(" ")));
    }
}
