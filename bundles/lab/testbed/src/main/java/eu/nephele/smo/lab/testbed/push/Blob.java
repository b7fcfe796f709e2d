// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testbed.push;

final class Blob {

    private final String type;
    private final byte[] content;

    Blob(String type, byte[] content) {
        this.type = type;
        this.content = content.clone();
    }

    String type() {
        return type;
    }

    byte[] content() {
        return content.clone();
    }

    String digest() {
        return RegistryPush.digest(content);
    }
}
