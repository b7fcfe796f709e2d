// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.prometheus.rules;

import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AdapterException.Kind;
import io.fabric8.kubernetes.api.model.NamedContext;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** API servers from a kubeconfig and nothing else: no environment, no files of a user, no retries by the library. */
public record RuleClients(
        String system,
        String reference,
        Optional<String> context,
        Duration connectTimeout,
        Duration timeout,
        int maxAnswerBytes,
        Function<String, Optional<String>> secrets) {

    String kubeconfig() {
        return secrets.apply(reference)
                .orElseThrow(() -> new AdapterException(
                        Kind.UNAVAILABLE,
                        system,
                        "Kubeconfig %s does not exist (setting kubeconfig)".formatted(reference)));
    }

    KubernetesClient open(String kubeconfig, ResponseInterceptor answers) {
        Thread thread = Thread.currentThread();
        ClassLoader callers = thread.getContextClassLoader();
        thread.setContextClassLoader(KubernetesClient.class.getClassLoader());
        try {
            return new KubernetesClientBuilder()
                    .withConfig(config(kubeconfig))
                    .withHttpClientFactory(new JdkHttpClientFactory())
                    .withHttpClientBuilderConsumer(client -> client.addOrReplaceInterceptor("smo-answers", answers)
                            .addOrReplaceInterceptor("smo-trace", new RuleTraceInterceptor()))
                    .build();
        } finally {
            thread.setContextClassLoader(callers);
        }
    }

    private Config config(String kubeconfig) {
        Config config = parsed(kubeconfig);
        List<NamedContext> known = Optional.ofNullable(config.getContexts()).orElse(List.of());
        context.filter(name -> known.stream().noneMatch(named -> name.equals(named.getName())))
                .ifPresent(name -> {
                    throw refused("has no context " + name);
                });
        // else the library would call the server of the cluster in which it runs
        if (Optional.ofNullable(config.getCurrentContext()).isEmpty()) {
            throw refused("names no context with a server");
        }
        config.setConnectionTimeout(Math.toIntExact(connectTimeout.toMillis()));
        config.setRequestTimeout(Math.toIntExact(timeout.toMillis()));
        config.setRequestRetryBackoffLimit(0);
        // an HTTP/2 connection with a dead peer would be reused until the operating system closes it
        config.setHttp2Disable(true);
        return config;
    }

    private Config parsed(String kubeconfig) {
        try {
            return Config.fromKubeconfig(
                    context.map(name -> inContext(kubeconfig, name)).orElse(kubeconfig));
        } catch (RuntimeException unreadable) {
            // the parser's message, and the failure itself, may quote the kubeconfig, which is a secret
            throw refused("cannot be read (%s)".formatted(unreadable.getClass().getSimpleName()));
        }
    }

    private static String inContext(String kubeconfig, String name) {
        Yaml yaml = new Yaml(new SafeConstructor(new LoaderOptions()));
        Map<String, Object> members = new LinkedHashMap<>(yaml.<Map<String, Object>>load(kubeconfig));
        members.put("current-context", name);
        return yaml.dump(members);
    }

    private AdapterException refused(String fault) {
        return new AdapterException(
                Kind.REFUSED,
                system,
                "The kubeconfig %s %s (settings kubeconfig, context)".formatted(reference, fault));
    }
}
