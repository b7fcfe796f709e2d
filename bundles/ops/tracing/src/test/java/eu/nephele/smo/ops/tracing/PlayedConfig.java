// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.ops.tracing;

import java.lang.annotation.Annotation;

record PlayedConfig(String endpoint, double sampleRatio, int keptTraces, int maxSpans) implements TracingConfig {

    static PlayedConfig off() {
        return new PlayedConfig("", 1, 0, 100);
    }

    static PlayedConfig keeping(int traces) {
        return new PlayedConfig("", 1, traces, 100);
    }

    @Override
    public String serviceName() {
        return "smo-test";
    }

    @Override
    public int exportIntervalMillis() {
        return 20;
    }

    @Override
    public int exportQueue() {
        return 4096;
    }

    @Override
    public Class<? extends Annotation> annotationType() {
        return TracingConfig.class;
    }
}
