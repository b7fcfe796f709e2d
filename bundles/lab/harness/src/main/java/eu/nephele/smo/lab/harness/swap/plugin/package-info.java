// SPDX-License-Identifier: Apache-2.0
/** Content of the plugins of the measurement: packed into jars of many versions. */
package eu.nephele.smo.lab.harness.swap.plugin;
