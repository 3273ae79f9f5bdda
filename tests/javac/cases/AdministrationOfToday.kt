package com.example.kt.administrationtoday

import org.apache.kafka.clients.admin.Admin
import org.apache.kafka.clients.admin.AlterConfigOp
import org.apache.kafka.clients.admin.ConfigEntry
import org.apache.kafka.common.config.ConfigResource

fun retention(admin: Admin, topic: String) {
    val resource = ConfigResource(ConfigResource.Type.TOPIC, topic)
    val set = AlterConfigOp(ConfigEntry("retention.ms", "1000"), AlterConfigOp.OpType.SET)
    admin.incrementalAlterConfigs(mapOf(resource to listOf(set))).all().get()
}

fun create(admin: Admin) {
    admin.describeTopics(listOf("orders")).allTopicNames().get().forEach { (name, topic) -> println(name + topic.partitions()) }
}
