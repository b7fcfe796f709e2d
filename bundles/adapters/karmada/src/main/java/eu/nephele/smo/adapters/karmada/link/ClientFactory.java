// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.karmada.link;

import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AdapterException.Kind;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Creates clients from a kubeconfig and nothing else: no environment, no files of the user, no retries by the library. */
final class ClientFactory {

    private final LinkSettings settings;
    private final AdapterEnvironment adapterEnvironment;
    private final RetryAfterInterceptor told;

    ClientFactory(LinkSettings settings, AdapterEnvironment adapterEnvironment, RetryAfterInterceptor told) {
        this.settings = settings;
        this.adapterEnvironment = adapterEnvironment;
        this.told = told;
    }

    /** @throws AdapterException the reference has no usable kubeconfig */
    KubernetesClient open() {
        String kubeconfig = adapterEnvironment
                .secret(settings.reference())
                .orElseThrow(() -> new AdapterException(
                        Kind.UNAVAILABLE,
                        settings.system(),
                        "No kubeconfig is stored under %s; store one there".formatted(settings.reference())));
        if (!SharedThreads.start()) {
            throw new AdapterException(
                    Kind.UNAVAILABLE, settings.system(), "The shared connection threads are busy; retrying");
        }
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(KubernetesClient.class.getClassLoader());
        try {
            return new KubernetesClientBuilder()
                    .withConfig(config(kubeconfig))
                    .withHttpClientFactory(new JdkHttpClientFactory())
                    .withHttpClientBuilderConsumer(builder -> builder.addOrReplaceInterceptor("smo-retry-after", told)
                            .addOrReplaceInterceptor(
                                    "smo-owner", new OwnerFenceInterceptor(settings.system(), adapterEnvironment))
                            .addOrReplaceInterceptor("smo-trace", new ApiServerTraceInterceptor())
                            .addOrReplaceInterceptor("smo-limit", new AnswerLimit(settings.maxAnswerBytes())))
                    .withTaskExecutorSupplier(new Tasks(settings.system()))
                    .build();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private Config config(String kubeconfig) {
        Config config = parsed(kubeconfig);
        settings.context().ifPresent(context -> requireContext(config, context));
        if (Optional.ofNullable(config.getCurrentContext()).isEmpty()) {
            throw refused("names no context with a server", Optional.empty());
        }
        config.setConnectionTimeout(Math.toIntExact(settings.connectTimeout().toMillis()));
        config.setRequestTimeout(Math.toIntExact(settings.timeout().toMillis()));
        config.setRequestRetryBackoffLimit(0);
        config.setWatchReconnectLimit(0);
        config.setOnlyHttpWatches(true);
        // An HTTP/2 connection with a dead peer would be reused until the operating system closes it.
        config.setHttp2Disable(true);
        settings.proxy().ifPresent(proxy -> {
            config.setHttpsProxy(proxy);
            config.setHttpProxy(proxy);
        });
        settings.caFile().ifPresent(file -> {
            config.setCaCertData(authority(file));
            config.setTrustCerts(false);
        });
        return config;
    }

    private String authority(String file) {
        try {
            return Base64.getEncoder().encodeToString(Files.readAllBytes(Path.of(file)));
        } catch (IOException unreadable) {
            throw new AdapterException(
                    Kind.REFUSED, settings.system(), "The caFile %s cannot be read".formatted(file), unreadable);
        }
    }

    private Config parsed(String kubeconfig) {
        try {
            return Config.fromKubeconfig(settings.context()
                    .map(context -> inContext(kubeconfig, context))
                    .orElse(kubeconfig));
        } catch (RuntimeException unreadable) {
            throw refused("cannot be read as one", Optional.of(unreadable));
        }
    }

    private static String inContext(String kubeconfig, String context) {
        KubernetesSerialization yaml = new KubernetesSerialization();
        var parsed = yaml.unmarshal(kubeconfig, io.fabric8.kubernetes.api.model.Config.class);
        parsed.setCurrentContext(context);
        return yaml.asYaml(parsed);
    }

    private void requireContext(Config config, String context) {
        boolean there = Optional.ofNullable(config.getContexts()).stream()
                .flatMap(java.util.List::stream)
                .anyMatch(named -> context.equals(named.getName()));
        if (!there) {
            throw refused("has no context " + context, Optional.empty());
        }
    }

    /** The parser's message may quote the kubeconfig, which is a secret: it is omitted. */
    private AdapterException refused(String what, Optional<RuntimeException> cause) {
        String message = "The kubeconfig %s %s%s"
                .formatted(
                        settings.reference(),
                        what,
                        cause.map(why -> " (" + why.getClass().getSimpleName() + ")")
                                .orElse(""));
        return new AdapterException(Kind.REFUSED, settings.system(), message);
    }

    /** Threads on which events of watches arrive; they end with the client. */
    private record Tasks(String system) implements KubernetesClientBuilder.ExecutorSupplier {
        @Override
        public Executor get() {
            return Executors.newCachedThreadPool(new DaemonThreads(system + "-events"));
        }

        @Override
        public void onClose(Executor executor) {
            ((ExecutorService) executor).shutdownNow();
        }
    }
}
