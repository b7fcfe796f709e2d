// SPDX-License-Identifier: Apache-2.0
/** What the plugins of the measurement consist of: packed into jars of many versions. */
package eu.nephele.smo.lab.benchmarks.swap.plugin;
