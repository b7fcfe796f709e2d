// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testbed.components;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The command lines of one cluster's programs.
 *
 * @param programs etcd, kube-apiserver, kube-controller-manager
 * @param ports of etcd for clients and peers, of the API server, of the controller manager
 * @param proxyPair folder of the certificate with which it calls aggregated API servers; empty when there are none
 */
record KubernetesCommands(
        KubernetesSpec spec,
        Path folder,
        List<Path> programs,
        List<Integer> ports,
        Certificates certificates,
        KubernetesAccess access,
        Optional<Path> proxyPair) {

    /** Name with which the API server calls aggregated API servers. */
    static final String PROXY = "front-proxy-client";

    List<String> etcd() {
        String clients = "http://127.0.0.1:" + ports.get(0);
        String peers = "http://127.0.0.1:" + ports.get(1);
        return List.of(
                programs.get(0).toString(),
                "--name=" + spec.name(),
                "--data-dir=" + folder.resolve("etcd"),
                "--unsafe-no-fsync", // a test bed survives no power cut
                "--listen-client-urls=" + clients,
                "--advertise-client-urls=" + clients,
                "--listen-peer-urls=" + peers,
                "--initial-advertise-peer-urls=" + peers,
                "--initial-cluster=" + spec.name() + "=" + peers,
                "--logger=zap",
                "--log-level=error");
    }

    List<String> apiServer() {
        List<String> command = new ArrayList<>(List.of(
                programs.get(1).toString(),
                "--etcd-servers=http://127.0.0.1:" + ports.get(0),
                "--bind-address=127.0.0.1",
                "--advertise-address=127.0.0.1",
                "--secure-port=" + ports.get(2),
                "--tls-cert-file=" + certificates.server(),
                "--tls-private-key-file=" + certificates.serverKey(),
                "--client-ca-file=" + certificates.authority(),
                "--token-auth-file=" + access.tokensFile(),
                "--service-account-key-file=" + certificates.accountsKey(),
                "--service-account-signing-key-file=" + certificates.accountsKey(),
                "--service-account-issuer=https://kubernetes.default.svc",
                "--service-cluster-ip-range=10.0.0.0/16",
                "--authorization-mode=RBAC",
                "--allow-privileged=true",
                "--disable-admission-plugins=ServiceAccount",
                "--cert-dir=" + folder,
                "--v=0"));
        proxyPair.ifPresent(pair -> command.addAll(List.of(
                "--proxy-client-cert-file=" + pair.resolve("tls.crt"),
                "--proxy-client-key-file=" + pair.resolve("tls.key"),
                "--requestheader-client-ca-file=" + certificates.authority(),
                "--requestheader-allowed-names=" + PROXY,
                "--requestheader-username-headers=X-Remote-User",
                "--requestheader-group-headers=X-Remote-Group",
                "--requestheader-extra-headers-prefix=X-Remote-Extra-")));
        return List.copyOf(command);
    }

    /** Dead nodes are detected after 8 s instead of 40, so that tests need not wait. */
    List<String> controllerManager() {
        return List.of(
                programs.get(2).toString(),
                "--kubeconfig=" + access.kubeconfig("admin"),
                "--bind-address=127.0.0.1",
                "--secure-port=" + ports.get(3),
                "--port=0",
                "--cert-dir=" + folder,
                "--leader-elect=false",
                "--controllers=" + String.join(",", spec.controllers()),
                "--node-monitor-period=2s",
                "--node-monitor-grace-period=8s",
                "--service-account-private-key-file=" + certificates.accountsKey(),
                "--root-ca-file=" + certificates.authority(),
                "--use-service-account-credentials=false",
                "--v=0");
    }
}
